// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.testing.Matrices;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatasetDigestTest {
  @Property(tries = 200)
  void of_AnyMatrix_EqualsTheLiteralDigest(
      @ForAll long seed,
      @ForAll @IntRange(max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 9) int features,
      @ForAll @IntRange(min = 1, max = 20) int labels,
      @ForAll boolean sparse,
      @ForAll boolean weights)
      throws Exception {
    MultiLabelMatrix matrix = Matrices.random(seed, rows, features, labels, sparse, weights);

    assertThat(DatasetDigest.of(matrix)).isEqualTo(LiteralDigest.of(matrix));
  }

  @Test
  void of_LongRows_EqualsTheLiteralDigest() throws Exception {
    MultiLabelMatrix matrix = Matrices.random(5, 40, 3000, 70, false, true);

    assertThat(DatasetDigest.of(matrix)).isEqualTo(LiteralDigest.of(matrix));
  }

  @Test
  void of_MinusZeroAndZero_IsTheSame() {
    DatasetSchema schema =
        new DatasetSchema(
            "r",
            List.of(Attribute.numeric("x"), Attribute.nominal("y", List.of("0", "1"))),
            List.of(new LabelDefinition(1, 1, -1)));

    assertThat(DatasetDigest.of(MultiLabelMatrix.dense(schema, 1).row().feature(0, -0.0).build()))
        .isEqualTo(
            DatasetDigest.of(MultiLabelMatrix.dense(schema, 1).row().feature(0, 0.0).build()));
  }
}
