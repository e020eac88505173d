// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixBuilderTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema(
          "r",
          List.of(
              Attribute.numeric("x"),
              Attribute.nominal("colour", List.of("red", "blue")),
              Attribute.nominal("y", List.of("0", "1"))),
          List.of(new LabelDefinition(2, 1, LabelDefinition.ROOT)));

  @Test
  void feature_Infinite_NamesRowAndAttribute() {
    MatrixBuilder matrix = MultiLabelMatrix.dense(SCHEMA, 2).row().row();

    assertThatThrownBy(() -> matrix.feature(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("row 2")
        .hasMessageContaining("'x'");
  }

  @Test
  void feature_CodeThatIsNotThere_NamesRowAndAttribute() {
    MatrixBuilder matrix = MultiLabelMatrix.sparse(SCHEMA, 1, 0).row();

    for (double wrong : new double[] {2, -1, 0.5}) {
      assertThatThrownBy(() -> matrix.feature(1, wrong))
          .isInstanceOf(AemloException.class)
          .hasMessageContaining("row 1")
          .hasMessageContaining("'colour'");
    }
  }

  @Test
  void weight_Negative_IsRefused() {
    MatrixBuilder matrix = MultiLabelMatrix.dense(SCHEMA, 1).row();

    assertThatThrownBy(() -> matrix.weight(-1))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("row 1");
  }

  @Test
  void feature_ZeroInSparseRow_IsNoEntry() {
    MultiLabelMatrix matrix =
        MultiLabelMatrix.sparse(SCHEMA, 1, 0).row().feature(0, 0).feature(1, Double.NaN).build();

    assertThat(matrix.start(1)).isEqualTo(1);
    assertThat(matrix.value(0, 0)).isZero();
    assertThat(matrix.value(0, 1)).isNaN();
  }

  @Test
  void feature_DescendingInSparseRow_IsRefused() {
    MatrixBuilder matrix = MultiLabelMatrix.sparse(SCHEMA, 1, 0).row().feature(1, 1);

    assertThatThrownBy(() -> matrix.feature(0, 3)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void dense_MoreCellsThanAnArrayHolds_SaysSo() {
    List<Attribute> wide = new java.util.ArrayList<>();
    for (int column = 0; column < 3; column++) {
      wide.add(Attribute.numeric("x" + column));
    }
    wide.add(Attribute.nominal("y", List.of("0", "1")));
    DatasetSchema schema = new DatasetSchema("r", wide, List.of(new LabelDefinition(3, 1, -1)));

    assertThatThrownBy(() -> MultiLabelMatrix.dense(schema, 1_500_000_000))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("4500000000 values");
  }

  @Test
  void build_TooFewRows_IsRefused() {
    assertThatThrownBy(() -> MultiLabelMatrix.dense(SCHEMA, 2).row().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 rows announced");
  }
}
