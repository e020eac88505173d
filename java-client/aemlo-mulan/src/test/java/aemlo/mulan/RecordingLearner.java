// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mulan.classifier.MultiLabelLearner;
import mulan.classifier.MultiLabelOutput;
import mulan.classifier.meta.MultiLabelMetaLearner;
import mulan.data.MultiLabelInstances;
import weka.core.Instance;
import weka.core.TechnicalInformation;

/** Writes down what it and its copies were given, and leaves the work to another learner. */
public final class RecordingLearner extends MultiLabelMetaLearner {
  static final List<MultiLabelInstances> BUILT = new CopyOnWriteArrayList<>();
  static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static final long serialVersionUID = 1L;

  RecordingLearner(MultiLabelLearner base) {
    super(base);
  }

  @Override
  protected void buildInternal(MultiLabelInstances trainingSet) throws Exception {
    BUILT.add(trainingSet);
    baseLearner.build(trainingSet);
  }

  @Override
  protected MultiLabelOutput makePredictionInternal(Instance instance) throws Exception {
    ASKED.add(instance.toString());
    return baseLearner.makePrediction(instance);
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
