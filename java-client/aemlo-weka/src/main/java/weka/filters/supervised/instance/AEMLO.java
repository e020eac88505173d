// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import aemlo.client.ProgressListener;
import aemlo.instances.Columns;
import aemlo.instances.InstancesOversampler;
import aemlo.instances.LabelSelection;
import aemlo.instances.Paper;
import aemlo.weka.AemloFilter;
import aemlo.weka.FilterOptions;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Vector;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.Randomizable;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedAttributesHandler;
import weka.core.WeightedInstancesHandler;
import weka.filters.SupervisedFilter;

/**
 * Adds rows for rare labels, or rare classes, to the first batch; the given rows stay first and as
 * they are, unless a method is chosen that takes rows away or edits labels. Later batches, test
 * rows, pass through with no call to the server.
 */
public class AEMLO extends AemloFilter
    implements SupervisedFilter,
        OptionHandler,
        Randomizable,
        WeightedInstancesHandler,
        WeightedAttributesHandler,
        TechnicalInformationHandler {
  private static final long serialVersionUID = 1L;

  public String globalInfo() {
    return "Adds rows for rare labels of multi-label data, or for rare classes, to the training data. A server (aemlo) trains an autoencoder that embeds features and labels"
        + " in one space and decodes new rows from there, or runs another resampling method: MLSMOTE, MLSOL, REMEDIAL and others. Use it inside a FilteredClassifier: applied to a whole data set before it is split, it also makes rows from test rows."
        + " For more information see\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Paper.technicalInformation();
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>(FilterOptions.list(this));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    FilterOptions.set(this, options);
    super.setOptions(options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = FilterOptions.get(this);
    Collections.addAll(options, super.getOptions());
    return options.toArray(new String[0]);
  }

  @Override
  public Capabilities getCapabilities() {
    Capabilities capabilities = super.getCapabilities();
    capabilities.disableAll();
    capabilities.enable(Capability.NOMINAL_ATTRIBUTES);
    capabilities.enable(Capability.NUMERIC_ATTRIBUTES);
    capabilities.enable(Capability.MISSING_VALUES);
    // MEKA's class index stands behind the labels, on any feature.
    capabilities.enableAllClasses();
    capabilities.enable(Capability.MISSING_CLASS_VALUES);
    capabilities.enable(Capability.NO_CLASS);
    return capabilities;
  }

  @Override
  public boolean setInputFormat(Instances info) throws Exception {
    // Weka's own check would name the type alone.
    Columns.check(info);
    super.setInputFormat(info);
    setOutputFormat(info);
    // Weka has appended the filter's name, behind which MEKA does not find its own options any
    // more.
    outputFormatPeek().setRelationName(info.relationName());
    return true;
  }

  @Override
  public boolean input(Instance instance) {
    if (getInputFormat() == null) {
      throw new IllegalStateException("No input instance format defined");
    }
    if (m_NewBatch) {
      resetQueue();
      m_NewBatch = false;
    }
    if (isFirstBatchDone()) {
      push(instance);
      return true;
    }
    bufferInput(instance);
    return false;
  }

  @Override
  public boolean batchFinished() throws Exception {
    Instances given = getInputFormat();
    if (given == null) {
      throw new IllegalStateException("No input instance format defined");
    }
    if (!isFirstBatchDone() && given.numInstances() > 0) {
      new InstancesOversampler(serverSettings(), methodOptions())
          .run(
              given,
              LabelSelection.find(given, getLabels(), missingLabels()),
              ProgressListener.NONE,
              this::push,
              row -> push(row, false));
    }
    flushInput();
    m_NewBatch = true;
    m_FirstBatchDone = true;
    return numPendingOutput() != 0;
  }

  /** Runs the filter from the command line. */
  public static void main(String[] args) {
    runFilter(new AEMLO(), args);
  }
}
