// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mulan.classifier.MultiLabelLearner;
import mulan.classifier.lazy.MLkNN;
import mulan.classifier.meta.RAkEL;
import mulan.classifier.transformation.BinaryRelevance;
import mulan.classifier.transformation.CalibratedLabelRanking;
import mulan.classifier.transformation.EnsembleOfClassifierChains;
import mulan.classifier.transformation.LabelPowerset;
import mulan.data.MultiLabelInstances;
import mulan.evaluation.Evaluator;
import mulan.evaluation.MultipleEvaluation;
import mulan.evaluation.measure.MacroFMeasure;
import mulan.evaluation.measure.RankingLoss;
import org.junit.jupiter.api.Assumptions;
import weka.classifiers.functions.SMO;
import weka.classifiers.trees.J48;

/** The public data sets and the usual learners. */
final class Experiments {
  private Experiments() {}

  static MultiLabelInstances read(String name) throws Exception {
    Path folder = require(name);
    return new MultiLabelInstances(
        folder.resolve(name + ".arff").toString(), folder.resolve(name + ".xml").toString());
  }

  /** The folder of the data sets; without that one the test is skipped, and fails where CI=true. */
  static Path require(String name) {
    Path folder = Path.of(System.getProperty("aemlo.datasets"));
    boolean there = Files.isRegularFile(folder.resolve(name + ".arff"));
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          there,
          () ->
              folder
                  + " does not hold "
                  + name
                  + ".arff; set AEMLO_DATASETS to the folder of Mulan's data sets");
    }
    return folder;
  }

  static MultiLabelLearner learner(String name) {
    switch (name) {
      case "MLkNN":
        return new MLkNN(10, 1.0);
      case "BR":
        return new BinaryRelevance(new J48());
      case "RAkEL":
        RAkEL rakel = new RAkEL(new LabelPowerset(new J48()));
        rakel.setSeed(1);
        return rakel;
      case "ECC":
        return new EnsembleOfClassifierChains(new J48(), 10, true, true);
      case "CLR":
        return new CalibratedLabelRanking(new SMO());
      default:
        throw new IllegalArgumentException(name);
    }
  }

  /** Five folds, seed 1: Macro-F, Macro-AUC and ranking loss. */
  static double[] crossValidate(MultiLabelLearner learner, MultiLabelInstances data) {
    Evaluator evaluator = new Evaluator();
    evaluator.setSeed(1);
    MultipleEvaluation result =
        evaluator.crossValidate(
            learner,
            data,
            List.of(
                new MacroFMeasure(data.getNumLabels()),
                new MacroAuc(data.getNumLabels()),
                new RankingLoss()),
            5);
    return new double[] {
      result.getMean("Macro-averaged F-Measure"),
      result.getMean("Macro-averaged AUC"),
      result.getMean("Ranking Loss")
    };
  }
}
