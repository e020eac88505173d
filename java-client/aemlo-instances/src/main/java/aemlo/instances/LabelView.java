// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.data.Attribute;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.List;
import weka.core.Instance;

/** Which attributes of a data set carry labels, and how. */
public abstract class LabelView {
  LabelView() {}

  /** Whether an attribute carries labels; every other one is a feature. */
  abstract boolean carries(int attribute);

  /**
   * Adds the columns that stand for a carrying attribute, and the labels among them, to a schema in
   * the making.
   */
  abstract void describe(
      weka.core.Attribute attribute, List<Attribute> columns, List<LabelDefinition> labels);

  /** Whether a row can be learned from: its labels are known. */
  abstract boolean isUsable(Instance instance);

  /**
   * Sets the labels of the current row.
   *
   * @param codes the value of every attribute that carries labels, at the attribute's position
   */
  abstract void read(double[] codes, MatrixBuilder row);

  /**
   * Writes the labels of a new row into the values of an instance.
   *
   * @param seed the instance it was made from
   */
  abstract void write(MultiLabelMatrix rows, int row, Instance seed, double[] values);

  /** Changes one label of a copy of an instance. */
  abstract void edit(Instance copy, int label, boolean value);

  /** The rule for minority labels where none is chosen; null for the preset's own. */
  public String minorityRule() {
    return null;
  }
}
