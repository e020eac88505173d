// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import weka.core.TechnicalInformation;
import weka.core.TechnicalInformation.Field;
import weka.core.TechnicalInformation.Type;

/** The paper that describes the method. */
public final class Paper {
  private Paper() {}

  /** As Weka and Mulan show it. */
  public static TechnicalInformation technicalInformation() {
    TechnicalInformation paper = new TechnicalInformation(Type.INPROCEEDINGS);
    paper.setValue(Field.AUTHOR, "A. Zhou and B. Liu and J. Wang and K. Sun and K. Liu");
    paper.setValue(Field.TITLE, "AEMLO: AutoEncoder-Guided Multi-label Oversampling");
    paper.setValue(
        Field.BOOKTITLE, "Machine Learning and Knowledge Discovery in Databases (ECML PKDD 2024)");
    paper.setValue(Field.PAGES, "107-124");
    paper.setValue(Field.PUBLISHER, "Springer");
    paper.setValue(Field.YEAR, "2024");
    return paper;
  }
}
