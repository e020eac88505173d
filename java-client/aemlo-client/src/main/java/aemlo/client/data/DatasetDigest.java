// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name that a data set has on a server: SHA-256 over its schema and rows, as dataset.proto
 * defines it.
 */
public final class DatasetDigest {
  private static final byte[] MAGIC = "AEMLODS1".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha = sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  private DatasetDigest() {}

  /** 64 lower-case hexadecimal digits. */
  public static String of(MultiLabelMatrix matrix) {
    DatasetDigest digest = new DatasetDigest();
    digest.schema(matrix.schema());
    digest.rows(matrix);
    return digest.finish();
  }

  private void schema(DatasetSchema schema) {
    sha.update(MAGIC);
    text(schema.relationName());
    int32(schema.attributes().size());
    for (Attribute attribute : schema.attributes()) {
      text(attribute.name());
      int8(attribute.isNominal() ? 1 : 0);
      if (attribute.isNominal()) {
        int32(attribute.values().size());
        attribute.values().forEach(this::text);
      } else {
        text(attribute.declaredType());
      }
    }
    int32(schema.labelCount());
    for (LabelDefinition label : schema.labels()) {
      int32(label.attributeIndex());
      int32(label.positiveValue());
      int32(label.parent());
    }
  }

  private void rows(MultiLabelMatrix matrix) {
    boolean sparse = matrix.isSparse();
    boolean weighted = matrix.hasWeights();
    int labelBytes = matrix.labelBytes();
    int8(sparse ? 1 : 0);
    int8(weighted ? 1 : 0);
    int64(matrix.rows());
    for (int row = 0; row < matrix.rows(); row++) {
      int start = matrix.start(row);
      int end = matrix.start(row + 1);
      if (sparse) {
        int32(end - start);
        for (int entry = start; entry < end; entry++) {
          int32(matrix.columnAt(entry));
        }
      }
      for (int entry = start; entry < end; entry++) {
        // doubleToLongBits gives every NaN the bytes of a missing value.
        int64(Double.doubleToLongBits(matrix.valueAt(entry)));
      }
      for (int index = 0; index < labelBytes; index++) {
        int8(matrix.labelByte(row, index));
      }
      if (weighted) {
        int64(Double.doubleToLongBits(matrix.weight(row)));
      }
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int32(bytes.length);
    flush();
    sha.update(bytes);
  }

  private void int8(int value) {
    room(1).put((byte) value);
  }

  private void int32(int value) {
    room(4).putInt(value);
  }

  private void int64(long value) {
    room(8).putLong(value);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    sha.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private String finish() {
    flush();
    return hex(sha.digest());
  }

  /** SHA-256 of a text's UTF-8, in 64 lower-case hexadecimal digits. */
  public static String ofText(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes.length);
    for (byte value : bytes) {
      hex.append(Character.forDigit(value >> 4 & 15, 16))
          .append(Character.forDigit(value & 15, 16));
    }
    return hex.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(
          "this JVM has no SHA-256, which every JVM must have", impossible);
    }
  }
}
