// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.OversamplingResult;
import aemlo.client.data.Attribute;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SparseInstance;

/** One data set on its way to the server, and its new rows on their way back. */
public final class Conversion {
  private final Instances data;
  private final LabelView view;
  private final int[] featureOf;
  private final int[] attributeOf;
  private final int[] instanceOf;
  private final MultiLabelMatrix matrix;

  /**
   * Converts a data set; nothing in it is changed.
   *
   * @throws aemlo.client.AemloException names the attribute, or row and value, that cannot be sent
   */
  public Conversion(Instances data, LabelView view) {
    Columns.check(data);
    this.data = data;
    this.view = view;
    List<Attribute> columns = new ArrayList<>();
    List<LabelDefinition> labels = new ArrayList<>();
    int features = 0;
    featureOf = new int[data.numAttributes()];
    attributeOf = new int[data.numAttributes()];
    for (int index = 0; index < featureOf.length; index++) {
      if (view.carries(index)) {
        featureOf[index] = -1;
        view.describe(data.attribute(index), columns, labels);
      } else {
        attributeOf[features] = index;
        featureOf[index] = features++;
        columns.add(Columns.of(data.attribute(index)));
      }
    }
    instanceOf = usable();
    matrix = read(new DatasetSchema(data.relationName(), columns, labels));
  }

  /** What is sent. */
  public MultiLabelMatrix matrix() {
    return matrix;
  }

  /**
   * Gives the rows of a result in order.
   *
   * @param originals gets the originals that stay, each the very instance unless a label of it was
   *     edited, and clones
   * @param synthetic gets the new rows
   */
  public void apply(
      OversamplingResult result, Consumer<Instance> originals, Consumer<Instance> synthetic) {
    originals(result, originals);
    for (int source : result.cloneSources()) {
      originals.accept(data.instance(instanceOf[source]));
    }
    MultiLabelMatrix rows = result.newRows();
    for (int row = 0; row < rows.rows(); row++) {
      synthetic.accept(instance(rows, row, data.instance(instanceOf[result.seedRow(row)])));
    }
  }

  private int[] usable() {
    int[] indices = new int[data.numInstances()];
    int count = 0;
    for (int index = 0; index < indices.length; index++) {
      if (view.isUsable(data.instance(index))) {
        indices[count++] = index;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  private MultiLabelMatrix read(DatasetSchema schema) {
    boolean sparse =
        instanceOf.length > 0 && data.instance(instanceOf[0]) instanceof SparseInstance;
    MatrixBuilder target =
        sparse
            ? MultiLabelMatrix.sparse(schema, instanceOf.length, entries())
            : MultiLabelMatrix.dense(schema, instanceOf.length);
    double[] codes = new double[featureOf.length];
    for (int index : instanceOf) {
      Instance instance = data.instance(index);
      target.row().weight(instance.weight());
      // An absent entry is a nominal attribute's first value.
      Arrays.fill(codes, 0);
      int values = instance.numValues();
      for (int k = 0; k < values; k++) {
        int attribute = instance.index(k);
        double value = instance.valueSparse(k);
        if (featureOf[attribute] >= 0) {
          target.feature(featureOf[attribute], value);
        } else {
          codes[attribute] = value;
        }
      }
      view.read(codes, target);
    }
    return target.build();
  }

  private long entries() {
    long entries = 0;
    for (int index : instanceOf) {
      entries += data.instance(index).numValues();
    }
    return entries;
  }

  private void originals(OversamplingResult result, Consumer<Instance> originals) {
    int[] kept = result.keptRows();
    Map<Integer, Instance> edited = new HashMap<>();
    result
        .labelEdits()
        .forEach(
            edit ->
                view.edit(
                    edited.computeIfAbsent(
                        edit.row(), row -> (Instance) data.instance(instanceOf[row]).copy()),
                    edit.label(),
                    edit.value()));
    int row = 0;
    int next = 0;
    for (int index = 0; index < data.numInstances(); index++) {
      boolean sent = row < instanceOf.length && instanceOf[row] == index;
      boolean stays = !sent || kept == null || next < kept.length && kept[next] == row;
      if (stays) {
        originals.accept(sent && edited.containsKey(row) ? edited.get(row) : data.instance(index));
      }
      next += sent && stays ? 1 : 0;
      row += sent ? 1 : 0;
    }
  }

  private Instance instance(MultiLabelMatrix rows, int row, Instance seed) {
    double[] values = new double[featureOf.length];
    for (int entry = rows.start(row); entry < rows.start(row + 1); entry++) {
      values[attributeOf[rows.columnAt(entry)]] = rows.valueAt(entry);
    }
    view.write(rows, row, seed, values);
    Instance instance =
        rows.isSparse()
            ? new SparseInstance(rows.weight(row), values)
            : new DenseInstance(rows.weight(row), values);
    instance.setDataset(data);
    return instance;
  }
}
