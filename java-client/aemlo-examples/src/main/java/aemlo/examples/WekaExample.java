// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import java.util.Random;
import weka.classifiers.evaluation.Evaluation;
import weka.classifiers.meta.FilteredClassifier;
import weka.classifiers.trees.RandomForest;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.supervised.instance.AEMLO;

/**
 * Cross-validates a classifier of Weka on training folds with more rows of the rare classes: {@code
 * WekaExample data.arff}.
 */
public final class WekaExample {
  private WekaExample() {}

  public static void main(String[] args) throws Exception {
    Instances data = DataSource.read(args[0]);
    data.setClassIndex(data.numAttributes() - 1);
    AEMLO aemlo = new AEMLO();
    aemlo.setRate(0.5);
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setFilter(aemlo);
    classifier.setClassifier(new RandomForest());

    Evaluation evaluation = new Evaluation(data);
    evaluation.crossValidateModel(classifier, data, 3, new Random(1));
    System.out.println(evaluation.toClassDetailsString());
  }
}
