// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mulan.classifier.MultiLabelLearnerBase;
import mulan.classifier.MultiLabelOutput;
import mulan.data.MultiLabelInstances;
import weka.core.Instance;
import weka.core.TechnicalInformation;

/** Learns nothing; writes down what it and its copies were given. */
public final class RecordingLearner extends MultiLabelLearnerBase {
  static final List<MultiLabelInstances> BUILT = new CopyOnWriteArrayList<>();
  static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static final long serialVersionUID = 1L;

  @Override
  protected void buildInternal(MultiLabelInstances trainingSet) {
    BUILT.add(trainingSet);
  }

  @Override
  protected MultiLabelOutput makePredictionInternal(Instance instance) {
    ASKED.add(instance.toString());
    double[] half = new double[numLabels];
    Arrays.fill(half, .5);
    return new MultiLabelOutput(half, .5);
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return new TechnicalInformation(TechnicalInformation.Type.MISC);
  }

  @Override
  public String globalInfo() {
    return "Writes down what it was given.";
  }
}
