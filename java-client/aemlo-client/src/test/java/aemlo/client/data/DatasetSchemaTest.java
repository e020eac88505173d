// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetSchemaTest {
  private static final Attribute X = Attribute.numeric("x");
  private static final Attribute Y = Attribute.nominal("y", List.of("0", "1"));
  private static final Attribute Z = Attribute.nominal("z", List.of("0", "1"));

  @Test
  void features_LabelsInBetween_AreNumberedApart() {
    DatasetSchema schema =
        new DatasetSchema(
            "r",
            List.of(Y, X, Z, Attribute.numeric("w")),
            List.of(new LabelDefinition(0, 1, -1), new LabelDefinition(2, 0, 0)));

    assertThat(schema.featureIndex(0)).isEqualTo(1);
    assertThat(schema.featureIndex(1)).isEqualTo(3);
    assertThat(schema.label(1).name()).isEqualTo("z");
  }

  @Test
  void schema_ThatCannotBe_NamesTheTrouble() {
    refused("two attributes are called 'x'", List.of(X, X, Y), new LabelDefinition(2, 1, -1));
    refused("has no name", List.of(Attribute.numeric(""), Y), new LabelDefinition(1, 1, -1));
    refused("no features", List.of(Y), new LabelDefinition(0, 1, -1));
    refused("no labels", List.of(X, Y));
    refused("'x' must be nominal", List.of(X, Y), new LabelDefinition(0, 1, -1));
    refused(
        "has 3",
        List.of(X, Attribute.nominal("c", List.of("a", "b", "c"))),
        new LabelDefinition(1, 1, -1));
    refused("'y' has a parent", List.of(X, Y), new LabelDefinition(1, 1, 0));
    refused(
        "out of order",
        List.of(X, Y, Z),
        new LabelDefinition(2, 1, -1),
        new LabelDefinition(1, 1, -1));
  }

  private static void refused(
      String message, List<Attribute> attributes, LabelDefinition... labels) {
    assertThatThrownBy(() -> new DatasetSchema("r", attributes, List.of(labels)))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining(message);
  }
}
