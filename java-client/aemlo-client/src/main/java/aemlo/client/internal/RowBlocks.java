// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.DenseFeatures;
import aemlo.client.v1.RowBlock;
import aemlo.client.v1.SparseFeatures;
import aemlo.client.v1.ValueType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Cuts the rows of a matrix into messages. */
final class RowBlocks implements Iterator<RowBlock> {
  /** What the fields of a message take beside their bytes, at most. */
  private static final int OVERHEAD = 256;

  private final MultiLabelMatrix matrix;
  private final ValueType valueType;
  private final int valueBytes;
  private final int maxBytes;
  private int next;

  /**
   * Prepares to cut.
   *
   * @param maxBytes length of a message at most, unless a single row is longer
   */
  RowBlocks(MultiLabelMatrix matrix, ValueType valueType, int maxBytes) {
    this.matrix = matrix;
    this.valueType = valueType;
    this.valueBytes = valueType == ValueType.VALUE_TYPE_FLOAT32 ? 4 : 8;
    this.maxBytes = maxBytes - OVERHEAD;
  }

  /** The shorter value type if it holds every value exactly. */
  static ValueType exactType(MultiLabelMatrix matrix) {
    int entries = matrix.start(matrix.rows());
    for (int entry = 0; entry < entries; entry++) {
      double value = matrix.valueAt(entry);
      if (value != (float) value && value == value) {
        return ValueType.VALUE_TYPE_FLOAT64;
      }
    }
    return ValueType.VALUE_TYPE_FLOAT32;
  }

  /** The first row that has not been cut. */
  int position() {
    return next;
  }

  @Override
  public boolean hasNext() {
    return next < matrix.rows();
  }

  @Override
  public RowBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no rows left");
    }
    int first = next;
    long bytes = 0;
    do {
      bytes += bytesOf(next);
      next++;
    } while (next < matrix.rows() && bytes + bytesOf(next) <= maxBytes);
    return block(first, next);
  }

  private long bytesOf(int row) {
    long entries = matrix.start(row + 1) - matrix.start(row);
    long perEntry = valueBytes + (matrix.isSparse() ? 4 : 0);
    return entries * perEntry
        + (entries + 7) / 8
        + matrix.labelBytes()
        + (matrix.isSparse() ? 4 : 0)
        + (matrix.hasWeights() ? 8 : 0);
  }

  private RowBlock block(int first, int last) {
    RowBlock.Builder block =
        RowBlock.newBuilder().setRowCount(last - first).setLabels(labels(first, last));
    int start = matrix.start(first);
    int end = matrix.start(last);
    if (matrix.isSparse()) {
      ByteBuffer counts = buffer((last - first) * 4);
      for (int row = first; row < last; row++) {
        counts.putInt(matrix.start(row + 1) - matrix.start(row));
      }
      ByteBuffer columns = buffer((end - start) * 4);
      for (int entry = start; entry < end; entry++) {
        columns.putInt(matrix.columnAt(entry));
      }
      block.setSparse(
          SparseFeatures.newBuilder()
              .setEntryCounts(bytes(counts))
              .setColumns(bytes(columns))
              .setValues(values(start, end))
              .setMissing(missing(start, end)));
    } else {
      block.setDense(
          DenseFeatures.newBuilder().setValues(values(start, end)).setMissing(missing(start, end)));
    }
    if (matrix.hasWeights()) {
      ByteBuffer weights = buffer((last - first) * 8);
      for (int row = first; row < last; row++) {
        weights.putDouble(matrix.weight(row));
      }
      block.setWeights(bytes(weights));
    }
    return block.build();
  }

  private ByteString values(int start, int end) {
    ByteBuffer values = buffer((end - start) * valueBytes);
    for (int entry = start; entry < end; entry++) {
      double value = matrix.valueAt(entry);
      double sent = value == value ? value : 0;
      if (valueType == ValueType.VALUE_TYPE_FLOAT32) {
        values.putFloat((float) sent);
      } else {
        values.putDouble(sent);
      }
    }
    return bytes(values);
  }

  private ByteString missing(int start, int end) {
    byte[] mask = null;
    for (int entry = start; entry < end; entry++) {
      if (Double.isNaN(matrix.valueAt(entry))) {
        mask = mask == null ? new byte[(end - start + 7) / 8] : mask;
        mask[entry - start >> 3] |= (byte) (1 << (entry - start & 7));
      }
    }
    return mask == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(mask);
  }

  private ByteString labels(int first, int last) {
    byte[] labels = new byte[(last - first) * matrix.labelBytes()];
    int at = 0;
    for (int row = first; row < last; row++) {
      for (int index = 0; index < matrix.labelBytes(); index++) {
        labels[at++] = matrix.labelByte(row, index);
      }
    }
    return UnsafeByteOperations.unsafeWrap(labels);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteString bytes(ByteBuffer buffer) {
    return UnsafeByteOperations.unsafeWrap(buffer.array());
  }
}
