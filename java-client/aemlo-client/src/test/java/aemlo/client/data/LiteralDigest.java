// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The digest of dataset.proto, written out byte for byte as its comment says, with no thought of
 * speed.
 */
public final class LiteralDigest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public static String of(MultiLabelMatrix matrix) throws Exception {
    LiteralDigest literal = new LiteralDigest();
    literal.write(matrix);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(literal.bytes.toByteArray());
    return String.format("%064x", new BigInteger(1, hash));
  }

  private void write(MultiLabelMatrix matrix) {
    DatasetSchema schema = matrix.schema();
    bytes.writeBytes("AEMLODS1".getBytes(StandardCharsets.US_ASCII));
    text(schema.relationName());
    number(schema.attributes().size(), 4);
    for (Attribute attribute : schema.attributes()) {
      text(attribute.name());
      if (attribute.isNominal()) {
        number(1, 1);
        number(attribute.values().size(), 4);
        attribute.values().forEach(this::text);
      } else {
        number(0, 1);
        text(attribute.declaredType().isEmpty() ? "numeric" : attribute.declaredType());
      }
    }
    number(schema.labels().size(), 4);
    for (LabelDefinition label : schema.labels()) {
      number(label.attributeIndex(), 4);
      number(label.positiveValue(), 4);
      number(label.parent(), 4);
    }
    number(matrix.isSparse() ? 1 : 0, 1);
    number(matrix.hasWeights() ? 1 : 0, 1);
    number(matrix.rows(), 8);
    for (int row = 0; row < matrix.rows(); row++) {
      row(matrix, row);
    }
  }

  private void row(MultiLabelMatrix matrix, int row) {
    int start = matrix.start(row);
    int end = matrix.start(row + 1);
    if (matrix.isSparse()) {
      number(end - start, 4);
      for (int entry = start; entry < end; entry++) {
        number(matrix.columnAt(entry), 4);
      }
    }
    for (int entry = start; entry < end; entry++) {
      if (Double.isNaN(matrix.valueAt(entry))) {
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f});
      } else {
        number(Double.doubleToRawLongBits(matrix.valueAt(entry)), 8);
      }
    }
    byte[] labels = new byte[(matrix.schema().labelCount() + 7) / 8];
    for (int label = 0; label < matrix.schema().labelCount(); label++) {
      if (matrix.label(row, label)) {
        labels[label / 8] += (byte) (1 << label % 8);
      }
    }
    bytes.writeBytes(labels);
    if (matrix.hasWeights()) {
      number(Double.doubleToRawLongBits(matrix.weight(row)), 8);
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length, 4);
    bytes.writeBytes(utf8);
  }

  private void number(long value, int size) {
    for (int at = 0; at < size; at++) {
      bytes.write((int) (value >> 8 * at));
    }
  }
}
