// SPDX-License-Identifier: Apache-2.0
package aemlo.client.testing;

import aemlo.client.data.Attribute;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated data sets. */
public final class Matrices {
  private Matrices() {}

  /**
   * Rows with every kind of value: numbers, nominal codes, missing values, and weights if asked
   * for.
   */
  public static MultiLabelMatrix random(
      long seed, int rows, int features, int labels, boolean sparse, boolean weights) {
    Random random = new Random(seed);
    DatasetSchema schema = schema(random, features, labels);
    MatrixBuilder matrix =
        sparse ? MultiLabelMatrix.sparse(schema, rows, 0) : MultiLabelMatrix.dense(schema, rows);
    for (int row = 0; row < rows; row++) {
      matrix.row();
      for (int feature = 0; feature < features; feature++) {
        if (sparse && random.nextInt(3) != 0) {
          continue;
        }
        int values = schema.feature(feature).values().size();
        matrix.feature(
            feature,
            random.nextInt(9) == 0
                ? Double.NaN
                : values > 0 ? random.nextInt(values) : random.nextGaussian());
      }
      for (int label = 0; label < labels; label++) {
        if (random.nextInt(4) == 0) {
          matrix.label(label);
        }
      }
      if (weights) {
        matrix.weight(random.nextInt(3) / 2.0);
      }
    }
    return matrix.build();
  }

  private static DatasetSchema schema(Random random, int features, int labels) {
    List<Attribute> attributes = new ArrayList<>();
    List<LabelDefinition> definitions = new ArrayList<>();
    int feature = 0;
    while (feature < features || definitions.size() < labels) {
      boolean label = feature == features || definitions.size() < labels && random.nextBoolean();
      if (label) {
        int parent =
            definitions.isEmpty() || random.nextBoolean()
                ? LabelDefinition.ROOT
                : random.nextInt(definitions.size());
        definitions.add(new LabelDefinition(attributes.size(), random.nextInt(2), parent));
        attributes.add(Attribute.nominal("label ä" + definitions.size(), List.of("0", "1")));
      } else if (random.nextInt(3) == 0) {
        attributes.add(Attribute.nominal("n" + feature++, List.of("a", "b 'x'", "ü")));
      } else {
        attributes.add(Attribute.numeric("x" + feature++, random.nextBoolean() ? "" : "real"));
      }
    }
    return new DatasetSchema("relation: -C " + labels, attributes, definitions);
  }

  /** Whether two matrices hold the same values, labels and weights. */
  public static boolean equal(MultiLabelMatrix a, MultiLabelMatrix b) {
    boolean same = a.rows() == b.rows() && a.isSparse() == b.isSparse();
    for (int row = 0; same && row < a.rows(); row++) {
      for (int feature = 0; feature < a.schema().featureCount(); feature++) {
        same &= Double.compare(a.value(row, feature), b.value(row, feature)) == 0;
      }
      for (int label = 0; label < a.schema().labelCount(); label++) {
        same &= a.label(row, label) == b.label(row, label);
      }
      same &= a.weight(row) == b.weight(row);
    }
    return same;
  }
}
