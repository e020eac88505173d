// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.testing.Matrices;
import aemlo.client.v1.RowBlock;
import aemlo.client.v1.ValueType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowBlocksTest {
  @Property(tries = 200)
  void next_AnyMatrix_ReadsBackAsItWas(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 9) int features,
      @ForAll @IntRange(min = 1, max = 20) int labels,
      @ForAll boolean sparse,
      @ForAll boolean weights) {
    MultiLabelMatrix matrix = Matrices.random(seed, rows, features, labels, sparse, weights);
    MatrixBuilder back =
        sparse
            ? MultiLabelMatrix.sparse(matrix.schema(), rows, 0)
            : MultiLabelMatrix.dense(matrix.schema(), rows);
    RowBlockReader reader =
        new RowBlockReader(
            matrix.schema(), ValueType.VALUE_TYPE_FLOAT64, sparse, matrix.hasWeights());

    for (RowBlock block : cut(matrix, ValueType.VALUE_TYPE_FLOAT64, 600)) {
      reader.append(block, back);
    }

    assertThat(Matrices.equal(back.build(), matrix)).isTrue();
  }

  @Test
  void next_ManyRows_StaysBelowTheLimitAndFillsIt() {
    MultiLabelMatrix matrix = Matrices.random(3, 900, 1000, 30, false, true);

    List<RowBlock> blocks = cut(matrix, ValueType.VALUE_TYPE_FLOAT64, 1_000_000);

    assertThat(blocks)
        .hasSizeBetween(7, 10)
        .allSatisfy(block -> assertThat(block.getSerializedSize()).isLessThanOrEqualTo(1_000_000));
  }

  @Test
  void next_RowLongerThanTheLimit_GoesAlone() {
    MultiLabelMatrix matrix = Matrices.random(3, 3, 1000, 3, false, false);

    assertThat(cut(matrix, ValueType.VALUE_TYPE_FLOAT64, 2000)).hasSize(3);
  }

  @Test
  void exactType_ValuesThatFitFloat32_HalvesWhatTravels() {
    MultiLabelMatrix exact =
        MultiLabelMatrix.dense(Matrices.random(1, 1, 1, 1, false, false).schema(), 1)
            .row()
            .feature(0, 1)
            .build();
    MultiLabelMatrix other = Matrices.random(1, 9, 40, 1, false, false);

    assertThat(RowBlocks.exactType(exact)).isEqualTo(ValueType.VALUE_TYPE_FLOAT32);
    assertThat(RowBlocks.exactType(other)).isEqualTo(ValueType.VALUE_TYPE_FLOAT64);
  }

  private static List<RowBlock> cut(MultiLabelMatrix matrix, ValueType type, int maxBytes) {
    List<RowBlock> blocks = new ArrayList<>();
    new RowBlocks(matrix, type, maxBytes).forEachRemaining(blocks::add);
    return blocks;
  }
}
