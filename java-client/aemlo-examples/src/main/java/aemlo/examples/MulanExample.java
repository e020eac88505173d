// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import aemlo.client.AemloOptions;
import aemlo.mulan.AemloOversampler;
import aemlo.mulan.MacroAuc;
import aemlo.mulan.OversampledLearner;
import java.util.List;
import mulan.classifier.lazy.MLkNN;
import mulan.classifier.transformation.BinaryRelevance;
import mulan.data.MultiLabelInstances;
import mulan.evaluation.Evaluator;
import mulan.evaluation.measure.MacroFMeasure;
import mulan.evaluation.measure.Measure;
import weka.classifiers.trees.J48;

/**
 * Cross-validates two learners of Mulan with and without oversampling: {@code MulanExample
 * data.arff data.xml}.
 */
public final class MulanExample {
  private MulanExample() {}

  public static void main(String[] args) throws Exception {
    MultiLabelInstances data = new MultiLabelInstances(args[0], args[1]);
    List<Measure> measures =
        List.of(new MacroFMeasure(data.getNumLabels()), new MacroAuc(data.getNumLabels()));
    AemloOversampler aemlo = new AemloOversampler(AemloOptions.builder().seed(1).build());
    Evaluator evaluator = new Evaluator();
    evaluator.setSeed(1);

    System.out.println("MLkNN alone:\n" + evaluator.crossValidate(new MLkNN(), data, measures, 3));
    System.out.println(
        "MLkNN and AEMLO:\n"
            + evaluator.crossValidate(
                new OversampledLearner(new MLkNN(), aemlo), data, measures, 3));
    // The same folds, options and seed: the server trains nothing again.
    System.out.println(
        "BR-J48 and AEMLO:\n"
            + evaluator.crossValidate(
                new OversampledLearner(new BinaryRelevance(new J48()), aemlo), data, measures, 3));
  }
}
