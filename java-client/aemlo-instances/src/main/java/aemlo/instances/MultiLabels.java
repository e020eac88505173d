// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.data.Attribute;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.Arrays;
import java.util.List;
import weka.core.Instance;
import weka.core.Instances;

/** Labels that are two-valued nominal attributes of their own, as in Mulan and MEKA. */
public final class MultiLabels extends LabelView {
  private final int[] attributes;
  private final int[] positive;
  private final int[] parents;
  private final MissingLabels missing;
  private final int[] labelOf;

  private MultiLabels(
      Instances data, int[] attributes, int[] positive, int[] parents, MissingLabels missing) {
    this.attributes = attributes;
    this.positive = positive;
    this.parents = parents;
    this.missing = missing;
    labelOf = new int[data.numAttributes()];
    Arrays.fill(labelOf, -1);
    for (int label = 0; label < attributes.length; label++) {
      labelOf[attributes[label]] = label;
    }
  }

  /**
   * Labels at these attributes.
   *
   * @param attributes positions of the attributes, ascending
   * @param positive for each the position of the value that means "has the label"
   * @param parents for each the position of its parent among the labels, or -1
   */
  public static MultiLabels of(
      Instances data, int[] attributes, int[] positive, int[] parents, MissingLabels missing) {
    return new MultiLabels(data, attributes.clone(), positive.clone(), parents.clone(), missing);
  }

  /** The number of labels. */
  public int count() {
    return attributes.length;
  }

  /** The attribute of a label. */
  public int attribute(int label) {
    return attributes[label];
  }

  @Override
  boolean carries(int attribute) {
    return labelOf[attribute] >= 0;
  }

  @Override
  void describe(
      weka.core.Attribute attribute, List<Attribute> columns, List<LabelDefinition> labels) {
    int label = labels.size();
    labels.add(new LabelDefinition(columns.size(), positive[label], parents[label]));
    columns.add(Columns.of(attribute));
  }

  @Override
  boolean isUsable(Instance instance) {
    return true;
  }

  @Override
  void read(double[] codes, MatrixBuilder row) {
    for (int label = 0; label < attributes.length; label++) {
      double code = codes[attributes[label]];
      if (code == positive[label]) {
        row.label(label);
      } else if (Double.isNaN(code) && missing == MissingLabels.REFUSE) {
        throw Problems.invalid(
            "row "
                + row.rowNumber()
                + ": label '"
                + row.schema().label(label).name()
                + "' is missing; fill it in, leave the row out, or have missing labels taken as 0 (missing-labels: zero)");
      }
    }
  }

  @Override
  void write(MultiLabelMatrix rows, int row, Instance seed, double[] values) {
    for (int label = 0; label < attributes.length; label++) {
      values[attributes[label]] = rows.label(row, label) ? positive[label] : 1 - positive[label];
    }
  }

  @Override
  void edit(Instance copy, int label, boolean value) {
    copy.setValue(attributes[label], value ? positive[label] : 1 - positive[label]);
  }
}
