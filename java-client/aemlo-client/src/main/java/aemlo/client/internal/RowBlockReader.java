// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.v1.RowBlock;
import aemlo.client.v1.ValueType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Appends the rows of a message to a matrix; trusts no count in it. */
final class RowBlockReader {
  private final DatasetSchema schema;
  private final int valueBytes;
  private final boolean sparse;
  private final boolean weighted;

  RowBlockReader(DatasetSchema schema, ValueType valueType, boolean sparse, boolean weighted) {
    this.schema = schema;
    this.sparse = sparse;
    this.weighted = weighted;
    switch (valueType) {
      case VALUE_TYPE_FLOAT32:
        valueBytes = 4;
        break;
      case VALUE_TYPE_FLOAT64:
        valueBytes = 8;
        break;
      default:
        throw protocol("the server sends values of type " + valueType);
    }
  }

  void append(RowBlock block, MatrixBuilder target) {
    int rows = block.getRowCount();
    int labelBytes = (schema.labelCount() + 7) / 8;
    ByteString labels = sized(block.getLabels(), (long) rows * labelBytes, "label bytes");
    ByteBuffer weights =
        weighted ? buffer(sized(block.getWeights(), rows * 8L, "weight bytes")) : null;
    if (block.hasSparse() != sparse) {
      throw protocol("the server mixes dense and sparse rows");
    }
    ByteBuffer counts =
        sparse
            ? buffer(sized(block.getSparse().getEntryCounts(), rows * 4L, "entry counts"))
            : null;
    ByteBuffer columns = sparse ? buffer(block.getSparse().getColumns()) : null;
    ByteString rawValues = sparse ? block.getSparse().getValues() : block.getDense().getValues();
    long entries = sparse ? columns.capacity() / 4 : (long) rows * schema.featureCount();
    ByteBuffer values = buffer(sized(rawValues, entries * valueBytes, "value bytes"));
    ByteString missing = sparse ? block.getSparse().getMissing() : block.getDense().getMissing();
    if (!missing.isEmpty()) {
      sized(missing, (entries + 7) / 8, "bytes of the missing mask");
    }
    int entry = 0;
    for (int row = 0; row < rows; row++) {
      target.row();
      int count = sparse ? counts.getInt() : schema.featureCount();
      if (count < 0 || entry + (long) count > entries) {
        throw protocol(
            "the server sends a row of "
                + count
                + " entries where "
                + (entries - entry)
                + " are left");
      }
      for (int k = 0; k < count; k++, entry++) {
        int column = sparse ? columns.getInt() : k;
        if (column < 0 || column >= schema.featureCount()) {
          throw protocol("the server sends column " + column + " of " + schema.featureCount());
        }
        double value = valueBytes == 4 ? values.getFloat() : values.getDouble();
        boolean absent = !missing.isEmpty() && (missing.byteAt(entry >> 3) >> (entry & 7) & 1) != 0;
        target.feature(column, absent ? Double.NaN : value);
      }
      for (int label = 0; label < schema.labelCount(); label++) {
        if ((labels.byteAt(row * labelBytes + (label >> 3)) >> (label & 7) & 1) != 0) {
          target.label(label);
        }
      }
      if (weights != null) {
        target.weight(weights.getDouble());
      }
    }
    if (entry != entries) {
      throw protocol("the server sends " + (entries - entry) + " entries that belong to no row");
    }
  }

  private static ByteString sized(ByteString bytes, long wanted, String what) {
    if (bytes.size() != wanted) {
      throw protocol(
          "the server sends " + bytes.size() + " " + what + " where " + wanted + " belong");
    }
    return bytes;
  }

  private static ByteBuffer buffer(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static AemloException protocol(String message) {
    return new AemloException(
        AemloException.Reason.PROTOCOL,
        message + "; client and server do not fit, use releases of the same version");
  }
}
