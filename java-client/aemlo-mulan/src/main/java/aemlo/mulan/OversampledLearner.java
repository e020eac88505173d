// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import aemlo.client.AemloException;
import java.util.logging.Level;
import java.util.logging.Logger;
import mulan.classifier.MultiLabelLearner;
import mulan.classifier.MultiLabelOutput;
import mulan.classifier.meta.MultiLabelMetaLearner;
import mulan.data.MultiLabelInstances;
import weka.core.Instance;
import weka.core.TechnicalInformation;

/**
 * A learner that trains on oversampled rows and predicts as its base learner does. In a
 * cross-validation only the training part of each fold is oversampled; learners that share data,
 * options and seed share one training on the server.
 */
public class OversampledLearner extends MultiLabelMetaLearner {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(OversampledLearner.class.getName());

  private final AemloOversampler oversampler;

  /** The learner to train and what makes its training rows more; both are copied with it. */
  public OversampledLearner(MultiLabelLearner baseLearner, AemloOversampler oversampler) {
    super(baseLearner);
    this.oversampler = oversampler;
  }

  /** What makes the training rows more. */
  public AemloOversampler getOversampler() {
    return oversampler;
  }

  @Override
  protected void buildInternal(MultiLabelInstances trainingSet) throws Exception {
    MultiLabelInstances oversampled;
    try {
      oversampled = oversampler.oversample(trainingSet);
    } catch (AemloException error) {
      // Mulan's Evaluator logs what a fold throws without its message and goes on to the next fold.
      LOG.log(Level.SEVERE, "no oversampled training set, so no model: {0}", error.getMessage());
      throw error;
    }
    baseLearner.build(oversampled);
  }

  @Override
  protected MultiLabelOutput makePredictionInternal(Instance instance) throws Exception {
    return baseLearner.makePrediction(instance);
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return oversampler.getTechnicalInformation();
  }

  @Override
  public String globalInfo() {
    return "Trains its base learner on rows that AEMLO oversampled; see\n\n"
        + getTechnicalInformation();
  }
}
