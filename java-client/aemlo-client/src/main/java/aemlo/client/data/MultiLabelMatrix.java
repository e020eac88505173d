// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import java.util.Arrays;

/**
 * Rows of a data set: features as 64-bit numbers, dense or sparse, labels as bits, and weights. A
 * nominal value is its position among the declared ones, a missing value is NaN, an absent entry of
 * a sparse row is 0. Immutable.
 */
public final class MultiLabelMatrix {
  private final DatasetSchema schema;
  private final int rows;
  private final double[] values;
  private final int[] columns;
  private final int[] rowStarts;
  private final byte[] labels;
  private final double[] weights;

  MultiLabelMatrix(
      DatasetSchema schema,
      int rows,
      double[] values,
      int[] columns,
      int[] rowStarts,
      byte[] labels,
      double[] weights) {
    this.schema = schema;
    this.rows = rows;
    this.values = values;
    this.columns = columns;
    this.rowStarts = rowStarts;
    this.labels = labels;
    this.weights = weights;
  }

  /** Collects dense rows. */
  public static MatrixBuilder dense(DatasetSchema schema, int rows) {
    return new MatrixBuilder(schema, rows, false, 0);
  }

  /** Collects sparse rows; room for more entries than expected is made as they come. */
  public static MatrixBuilder sparse(DatasetSchema schema, int rows, long expectedEntries) {
    return new MatrixBuilder(schema, rows, true, expectedEntries);
  }

  public DatasetSchema schema() {
    return schema;
  }

  /** n. */
  public int rows() {
    return rows;
  }

  public boolean isSparse() {
    return columns != null;
  }

  /** Whether some row weighs other than 1. */
  public boolean hasWeights() {
    return weights != null;
  }

  public double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  public boolean label(int row, int label) {
    return (labelByte(row, label >> 3) >> (label & 7) & 1) != 0;
  }

  /** Eight labels of a row: label 8 x index + j is bit j. */
  public byte labelByte(int row, int index) {
    return labels[row * labelBytes() + index];
  }

  /** Bytes that the labels of a row take. */
  public int labelBytes() {
    return (schema.labelCount() + 7) / 8;
  }

  /**
   * The position of a row's first entry; for row n, the number of entries. A dense row has an entry
   * for every feature.
   */
  public int start(int row) {
    return rowStarts == null ? row * schema.featureCount() : rowStarts[row];
  }

  /** The value of an entry. */
  public double valueAt(int entry) {
    return values[entry];
  }

  /** The feature that an entry belongs to. */
  public int columnAt(int entry) {
    return columns == null ? entry % schema.featureCount() : columns[entry];
  }

  /** The value of a feature, an absent one's 0 included. */
  public double value(int row, int feature) {
    if (columns == null) {
      return values[row * schema.featureCount() + feature];
    }
    int entry = Arrays.binarySearch(columns, rowStarts[row], rowStarts[row + 1], feature);
    return entry < 0 ? 0 : values[entry];
  }
}
