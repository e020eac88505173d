// SPDX-License-Identifier: GPL-3.0-or-later
package meka.classifiers.multilabel;

import aemlo.instances.Paper;
import meka.classifiers.multilabel.meta.FilteredClassifier;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.filters.Filter;
import weka.filters.supervised.instance.AEMLO;

/**
 * A multi-label classifier that trains on rows that AEMLO oversampled; what is classified is never
 * touched.
 */
public class AEMLOClassifier extends FilteredClassifier implements TechnicalInformationHandler {
  private static final long serialVersionUID = 1L;

  /** With a filter of default options, and MEKA's default classifier. */
  public AEMLOClassifier() {
    m_Filter = new AEMLO();
  }

  @Override
  public String globalInfo() {
    return "Trains a multi-label classifier on rows that AEMLO oversampled. For more information see\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Paper.technicalInformation();
  }

  @Override
  protected String defaultFilterString() {
    return AEMLO.class.getName();
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    super.setOptions(options);
    // What MEKA calls the class attribute is a feature, whose observed values may change.
    setDoNotCheckForModifiedClassAttribute(true);
  }

  @Override
  public void setFilter(Filter filter) {
    if (!(filter instanceof AEMLO)) {
      throw new IllegalArgumentException(
          filter.getClass().getName()
              + " is not "
              + AEMLO.class.getName()
              + "; for other filters use "
              + FilteredClassifier.class.getName());
    }
    super.setFilter(filter);
  }

  /** Runs the classifier from the command line. */
  public static void main(String[] args) {
    ProblemTransformationMethod.evaluation(new AEMLOClassifier(), args);
  }
}
