// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import meka.classifiers.multilabel.AEMLOClassifier;
import meka.classifiers.multilabel.CC;
import meka.classifiers.multilabel.Evaluation;
import meka.core.MLUtils;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * Cross-validates a classifier of MEKA on oversampled training folds: {@code MekaExample
 * data.arff}, with -C in its relation.
 */
public final class MekaExample {
  private MekaExample() {}

  public static void main(String[] args) throws Exception {
    Instances data = DataSource.read(args[0]);
    MLUtils.prepareData(data);
    AEMLOClassifier classifier = new AEMLOClassifier();
    classifier.setClassifier(new CC());

    System.out.println(Evaluation.cvModel(classifier, data, 3, "PCut1"));
  }
}
