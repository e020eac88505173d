// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.instances.InstancesOversampler;
import aemlo.instances.LabelView;
import aemlo.instances.MissingLabels;
import aemlo.instances.MultiLabels;
import aemlo.instances.Paper;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import mulan.data.InvalidDataFormatException;
import mulan.data.LabelNode;
import mulan.data.LabelsMetaData;
import mulan.data.MultiLabelInstances;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;

/**
 * Oversamples Mulan's data sets: the given rows untouched and first, then new rows for rare labels;
 * with a method that says otherwise, given rows are left out or their labels edited. Copies as
 * Mulan does, by serialization; holds settings only.
 */
public final class AemloOversampler implements Serializable, TechnicalInformationHandler {
  private static final long serialVersionUID = 1L;

  private AemloOptions options;
  private ServerSettings server = ServerSettings.builder().build();
  private MissingLabels missingLabels = MissingLabels.REFUSE;
  private transient ProgressListener listener = ProgressListener.NONE;

  /**
   * With the recommended options, and a server that is started here unless AEMLO_SERVER names one.
   */
  public AemloOversampler() {
    this(AemloOptions.defaults());
  }

  /** With options of its own; leave the seed out to have one drawn at every call. */
  public AemloOversampler(AemloOptions options) {
    this.options = options;
  }

  /** What is asked of the method. */
  public AemloOptions getOptions() {
    return options;
  }

  /** Counts from the next call on. */
  public void setOptions(AemloOptions value) {
    options = value;
  }

  /** The server that is asked. */
  public ServerSettings getServer() {
    return server;
  }

  /** Where the server is; counts from the next call on. */
  public void setServer(ServerSettings value) {
    server = value;
  }

  /** What is done where a label's value is missing. */
  public MissingLabels getMissingLabels() {
    return missingLabels;
  }

  /** What to do where a label's value is missing; refused unless set. */
  public void setMissingLabels(MissingLabels value) {
    missingLabels = value;
  }

  /** Told how a call goes on, in the thread that made it; not part of a copy. */
  public void setProgressListener(ProgressListener value) {
    listener = value;
  }

  /**
   * Makes a data set of the given rows that stay and new ones behind them; the given one stays as
   * it is.
   *
   * @throws AemloException there is no result
   */
  public MultiLabelInstances oversample(MultiLabelInstances data) {
    Instances given = data.getDataSet();
    Instances rows = new Instances(given, given.numInstances());
    OversamplingResult result =
        new InstancesOversampler(server, options)
            .run(given, labels(data), listener, rows::add, rows::add);
    try {
      return data.reintegrateModifiedDataSet(rows);
    } catch (InvalidDataFormatException invalid) {
      throw new AemloException(
          AemloException.Reason.PROTOCOL,
          "the rows of job "
              + result.summary().jobId()
              + " are not valid for Mulan: "
              + invalid.getMessage()
              + "; check that the given rows keep to the label hierarchy",
          invalid);
    }
  }

  private LabelView labels(MultiLabelInstances data) {
    Instances instances = data.getDataSet();
    LabelsMetaData names = data.getLabelsMetaData();
    int[] attributes = data.getLabelIndices();
    Arrays.sort(attributes);
    int[] positive = new int[attributes.length];
    int[] parents = new int[attributes.length];
    for (int label = 0; label < attributes.length; label++) {
      Attribute attribute = instances.attribute(attributes[label]);
      positive[label] = attribute.indexOfValue("1");
      LabelNode node = names.getLabelNode(attribute.name());
      parents[label] =
          node.hasParent()
              ? Arrays.binarySearch(
                  attributes, instances.attribute(node.getParent().getName()).index())
              : -1;
    }
    return MultiLabels.of(instances, attributes, positive, parents, missingLabels);
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Paper.technicalInformation();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    listener = ProgressListener.NONE;
  }
}
