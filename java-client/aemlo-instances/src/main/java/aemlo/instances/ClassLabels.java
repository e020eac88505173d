// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.data.Attribute;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.List;
import weka.core.Instance;
import weka.core.Instances;

/**
 * The class of ordinary data as labels: one label for two classes, with the rarer one positive;
 * otherwise one label for each class, of which a row has exactly one. Rows without a class are left
 * out of the training.
 */
public final class ClassLabels extends LabelView {
  private static final List<String> NO_YES = List.of("0", "1");

  private final int classIndex;
  private final int classes;
  private final int rarer;

  private ClassLabels(int classIndex, int classes, int rarer) {
    this.classIndex = classIndex;
    this.classes = classes;
    this.rarer = rarer;
  }

  /** The class of a data set whose class is nominal with two values or more. */
  public static ClassLabels of(Instances data) {
    int[] counts = data.attributeStats(data.classIndex()).nominalCounts;
    return new ClassLabels(data.classIndex(), counts.length, counts[0] < counts[1] ? 0 : 1);
  }

  @Override
  boolean carries(int attribute) {
    return attribute == classIndex;
  }

  @Override
  void describe(
      weka.core.Attribute attribute, List<Attribute> columns, List<LabelDefinition> labels) {
    if (classes == 2) {
      labels.add(new LabelDefinition(columns.size(), rarer, LabelDefinition.ROOT));
      columns.add(Columns.of(attribute));
      return;
    }
    for (int value = 0; value < classes; value++) {
      labels.add(new LabelDefinition(columns.size(), 1, LabelDefinition.ROOT));
      columns.add(Attribute.nominal(attribute.name() + "=" + attribute.value(value), NO_YES));
    }
  }

  @Override
  boolean isUsable(Instance instance) {
    return !instance.isMissing(classIndex);
  }

  @Override
  void read(double[] codes, MatrixBuilder row) {
    int code = (int) codes[classIndex];
    if (classes > 2) {
      row.label(code);
    } else if (code == rarer) {
      row.label(0);
    }
  }

  @Override
  void write(MultiLabelMatrix rows, int row, Instance seed, double[] values) {
    values[classIndex] =
        classes == 2
            ? (rows.label(row, 0) ? rarer : 1 - rarer)
            : classOf(rows, row, (int) seed.value(classIndex));
  }

  /** The one class that was decoded; the seed's where it is none or several. */
  private int classOf(MultiLabelMatrix rows, int row, int seed) {
    int found = -1;
    for (int value = 0; value < classes; value++) {
      if (rows.label(row, value)) {
        if (found >= 0) {
          return seed;
        }
        found = value;
      }
    }
    return found < 0 ? seed : found;
  }

  @Override
  void edit(Instance copy, int label, boolean value) {
    if (classes == 2) {
      copy.setValue(classIndex, value ? rarer : 1 - rarer);
    } else if (value) {
      copy.setValue(classIndex, label);
    }
  }

  /**
   * With one label, or labels that exclude each other, the paper's rule for minority labels finds
   * few or none: of two classes the rarer one is the minority, of several those that are rarer than
   * the mean.
   */
  @Override
  public String minorityRule() {
    return classes == 2 ? "all" : "irlbl";
  }
}
