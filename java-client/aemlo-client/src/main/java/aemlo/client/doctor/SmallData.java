// SPDX-License-Identifier: Apache-2.0
package aemlo.client.doctor;

import aemlo.client.data.Attribute;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A data set small enough to train on within a second. */
final class SmallData {
  private static final int ROWS = 60;
  private static final int FEATURES = 6;
  private static final int LABELS = 3;

  private SmallData() {}

  static MultiLabelMatrix make() {
    List<Attribute> attributes = new ArrayList<>();
    List<LabelDefinition> labels = new ArrayList<>();
    for (int feature = 0; feature < FEATURES; feature++) {
      attributes.add(Attribute.numeric("x" + feature));
    }
    for (int label = 0; label < LABELS; label++) {
      labels.add(new LabelDefinition(attributes.size(), 1, LabelDefinition.ROOT));
      attributes.add(Attribute.nominal("y" + label, List.of("0", "1")));
    }
    MatrixBuilder matrix =
        MultiLabelMatrix.dense(new DatasetSchema("doctor", attributes, labels), ROWS);
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      matrix.row();
      for (int feature = 0; feature < FEATURES; feature++) {
        matrix.feature(feature, random.nextGaussian() + row % LABELS);
      }
      matrix.label(row % LABELS);
    }
    return matrix.build();
  }
}
