// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import aemlo.client.AemloException;
import java.util.Arrays;

/**
 * Collects the rows of a {@link MultiLabelMatrix} one after another; the arrays it fills become the
 * matrix's own.
 */
public final class MatrixBuilder {
  /** The longest array that every JVM makes. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final DatasetSchema schema;
  private final int rows;
  private final int featureCount;
  private final int labelBytes;
  private final int[] nominalValues;
  private final byte[] labels;
  private double[] values;
  private int[] columns;
  private int[] rowStarts;
  private double[] weights;
  private int row = -1;
  private int rowStart;
  private int entries;

  MatrixBuilder(DatasetSchema schema, int rows, boolean sparse, long expectedEntries) {
    this.schema = schema;
    this.rows = rows;
    featureCount = schema.featureCount();
    labelBytes = (schema.labelCount() + 7) / 8;
    nominalValues = new int[featureCount];
    for (int feature = 0; feature < featureCount; feature++) {
      nominalValues[feature] = schema.feature(feature).values().size();
    }
    labels = new byte[length((long) rows * labelBytes)];
    if (sparse) {
      values = new double[length(expectedEntries)];
      columns = new int[values.length];
      rowStarts = new int[rows + 1];
    } else {
      values = new double[length((long) rows * featureCount)];
    }
  }

  /** What the rows are of. */
  public DatasetSchema schema() {
    return schema;
  }

  /** The current row's number, from 1. */
  public int rowNumber() {
    return row + 1;
  }

  /** Begins the next row: every feature is 0, no label is set, the weight is 1. */
  public MatrixBuilder row() {
    if (++row >= rows) {
      throw new IllegalStateException("more than the " + rows + " rows announced");
    }
    if (columns == null) {
      rowStart = row * featureCount;
    } else {
      rowStarts[row] = entries;
    }
    return this;
  }

  /**
   * Sets a feature of the current row; in a sparse row in ascending order of the features.
   *
   * @param value a finite number, the position of a nominal value, or NaN where it is missing
   * @throws AemloException names row and attribute of a value that cannot be
   */
  public MatrixBuilder feature(int feature, double value) {
    int allowed = nominalValues[feature];
    if (allowed > 0
        ? value < 0 || value >= allowed || value != (int) value && value == value
        : Double.isInfinite(value)) {
      throw wrong(feature, value);
    }
    // Adding 0 makes an ordinary 0 of -0, which is another number to a digest.
    if (columns == null) {
      values[rowStart + feature] = value + 0.0;
    } else if (value != 0) {
      add(feature, value);
    }
    return this;
  }

  /** Gives the current row a label. */
  public MatrixBuilder label(int label) {
    labels[row * labelBytes + (label >> 3)] |= (byte) (1 << (label & 7));
    return this;
  }

  /** Weighs the current row. */
  public MatrixBuilder weight(double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw invalid("row " + (row + 1) + " weighs " + weight + "; give it a weight of 0 or more");
    }
    if (weight != 1 && weights == null) {
      weights = new double[rows];
      Arrays.fill(weights, 1);
    }
    if (weights != null) {
      weights[row] = weight;
    }
    return this;
  }

  /** The matrix; the builder must not be used afterwards. */
  public MultiLabelMatrix build() {
    if (row + 1 != rows) {
      throw new IllegalStateException(rows + " rows announced, but " + (row + 1) + " given");
    }
    if (columns != null) {
      rowStarts[rows] = entries;
      // A little room to spare is cheaper than a copy.
      if (values.length - entries > entries / 8) {
        values = Arrays.copyOf(values, entries);
        columns = Arrays.copyOf(columns, entries);
      }
    }
    return new MultiLabelMatrix(schema, rows, values, columns, rowStarts, labels, weights);
  }

  private void add(int feature, double value) {
    if (entries > rowStarts[row] && columns[entries - 1] >= feature) {
      throw new IllegalStateException(
          "feature " + feature + " after feature " + columns[entries - 1] + " in row " + row);
    }
    if (entries == values.length) {
      int larger = length(Math.max(16L, Math.min(entries * 3L / 2, LONGEST_ARRAY)));
      if (larger == entries) {
        throw tooLarge(entries + 1L);
      }
      values = Arrays.copyOf(values, larger);
      columns = Arrays.copyOf(columns, larger);
    }
    columns[entries] = feature;
    values[entries++] = value;
  }

  private AemloException wrong(int feature, double value) {
    Attribute attribute = schema.feature(feature);
    String where = "row " + (row + 1) + ", attribute '" + attribute.name() + "': ";
    return invalid(
        attribute.isNominal()
            ? where + "code " + value + " is none of its " + attribute.values().size() + " values"
            : where + value + " is not a finite number; replace it, or mark it as missing");
  }

  private static int length(long wanted) {
    if (wanted > LONGEST_ARRAY) {
      throw tooLarge(wanted);
    }
    return (int) wanted;
  }

  private static AemloException tooLarge(long cells) {
    return invalid(
        cells
            + " values are more than a Java array holds ("
            + LONGEST_ARRAY
            + "); give fewer rows, or sparse ones");
  }

  private static AemloException invalid(String message) {
    return new AemloException(AemloException.Reason.INVALID_ARGUMENT, message);
  }
}
