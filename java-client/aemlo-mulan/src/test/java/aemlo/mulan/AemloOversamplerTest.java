// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.option.Method;
import aemlo.client.option.MinorityRule;
import aemlo.instances.MissingLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import mulan.data.LabelNodeImpl;
import mulan.data.LabelsMetaDataImpl;
import mulan.data.MultiLabelInstances;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SparseInstance;

/** Against a server process. */
class AemloOversamplerTest {
  private static final AemloOptions FAST =
      AemloOptions.builder()
          .hidden(16)
          .latent(8)
          .epochs(2)
          .threads(1)
          .minorityRule(MinorityRule.ALL)
          .num(40)
          .seed(1)
          .build();

  @Test
  void oversample_Hierarchy_GivesValidRowsBehindTheGivenOnes() throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      MultiLabelInstances data = hierarchy(sparse);
      String before = data.getDataSet().toString();

      MultiLabelInstances more = new AemloOversampler(FAST).oversample(data);

      assertThat(more.getNumInstances()).isEqualTo(120);
      assertThat(more.getLabelsMetaData().isHierarchy()).isTrue();
      for (int row = 0; row < 80; row++) {
        assertThat(more.getDataSet().instance(row).toString())
            .isEqualTo(data.getDataSet().instance(row).toString());
      }
      for (int row = 80; row < 120; row++) {
        assertThat(more.getDataSet().instance(row) instanceof SparseInstance).isEqualTo(sparse);
        boolean child = more.getDataSet().instance(row).stringValue(0).equals("1");
        assertThat(!child || more.getDataSet().instance(row).stringValue(3).equals("1"))
            .as("a child has its parent")
            .isTrue();
      }
      assertThat(data.getDataSet().toString()).isEqualTo(before);
    }
  }

  @Test
  void oversample_MissingLabel_IsRefusedUnlessTakenAsZero() throws Exception {
    MultiLabelInstances data = hierarchy(false);
    data.getDataSet().instance(5).setMissing(0);
    AemloOversampler oversampler = new AemloOversampler(FAST);
    assertThatThrownBy(() -> oversampler.oversample(data))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("row 6")
        .hasMessageContaining("'child'");

    oversampler.setMissingLabels(MissingLabels.ZERO);

    MultiLabelInstances more = oversampler.oversample(data);
    assertThat(more.getNumInstances()).isEqualTo(120);
    assertThat(more.getDataSet().instance(5).isMissing(0)).isTrue();
  }

  @Test
  void oversample_MethodThatTakesRowsAway_GivesSomeOfTheGivenOnesInOrder() throws Exception {
    for (Method method : new Method[] {Method.MLRUS, Method.LPRUS}) {
      MultiLabelInstances data = hierarchy(method == Method.LPRUS);

      List<String> left =
          rows(
              new AemloOversampler(AemloOptions.builder(method).num(9).seed(3).build())
                  .oversample(data));

      assertThat(left).as(method.title()).hasSize(71);
      assertThat(rows(data)).as(method.title()).containsSubsequence(left).hasSize(80);
    }
  }

  @Test
  void oversample_MethodThatClones_RepeatsGivenRowsBehindThem() throws Exception {
    MultiLabelInstances data = hierarchy(true);

    List<String> more =
        rows(
            new AemloOversampler(AemloOptions.builder(Method.LPROS).num(9).seed(3).build())
                .oversample(data));

    assertThat(more).hasSize(89).startsWith(rows(data).toArray(new String[0]));
    assertThat(rows(data)).containsAll(more);
  }

  @Test
  void oversample_MethodThatEditsLabels_SplitsThemBetweenRowAndCopy() throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      MultiLabelInstances data = flat(sparse);
      List<String> before = rows(data);

      Instances more =
          new AemloOversampler(AemloOptions.builder(Method.REMEDIAL).build())
              .oversample(data)
              .getDataSet();

      // The rare label of 4 rows meets the frequent one: the row keeps the rare one, the copy the
      // other.
      assertThat(more.numInstances()).isEqualTo(44);
      for (int row = 0; row < 44; row++) {
        Instance now = more.instance(row);
        int source = row < 40 ? row : row - 40;
        Instance given = data.getDataSet().instance(source);
        assertThat(now instanceof SparseInstance).isEqualTo(sparse);
        assertThat(now.value(1)).as("the feature of row %d", row).isEqualTo(given.value(1));
        assertThat(now.stringValue(0)).as("rare in row %d", row).isEqualTo(row < 4 ? "1" : "0");
        assertThat(now.stringValue(2))
            .as("frequent in row %d", row)
            .isEqualTo(row < 4 || given.stringValue(2).equals("0") ? "0" : "1");
      }
      assertThat(rows(data)).as("the given data").isEqualTo(before);
    }
  }

  private static List<String> rows(MultiLabelInstances data) {
    return data.getDataSet().stream().map(Instance::toString).collect(Collectors.toList());
  }

  /** Attributes rare {1,0}, x, frequent {0,1}: 4 rows have both labels, 32 the frequent one. */
  private static MultiLabelInstances flat(boolean sparse) throws Exception {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("rare", List.of("1", "0")),
                new Attribute("x"),
                new Attribute("frequent", List.of("0", "1"))));
    Instances rows = new Instances("flat", attributes, 40);
    for (int row = 0; row < 40; row++) {
      double[] values = {row < 4 ? 0 : 1, row / 8.0, row < 36 ? 1 : 0};
      rows.add(sparse ? new SparseInstance(1, values) : new DenseInstance(1, values));
    }
    LabelsMetaDataImpl labels = new LabelsMetaDataImpl();
    labels.addRootNode(new LabelNodeImpl("rare"));
    labels.addRootNode(new LabelNodeImpl("frequent"));
    return new MultiLabelInstances(rows, labels);
  }

  /** Attributes child {1,0}, x, z, parent {0,1}. */
  private static MultiLabelInstances hierarchy(boolean sparse) throws Exception {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("child", List.of("1", "0")),
                new Attribute("x"),
                new Attribute("z"),
                new Attribute("parent", List.of("0", "1"))));
    Instances rows = new Instances("tree", attributes, 80);
    Random random = new Random(2);
    for (int row = 0; row < 80; row++) {
      int parent = random.nextInt(2);
      int child = parent * random.nextInt(2);
      double[] values = {
        1 - child, random.nextInt(3) + child, random.nextGaussian() + parent, parent
      };
      rows.add(sparse ? new SparseInstance(1, values) : new DenseInstance(1, values));
    }
    LabelNodeImpl parent = new LabelNodeImpl("parent");
    parent.addChildNode(new LabelNodeImpl("child"));
    LabelsMetaDataImpl labels = new LabelsMetaDataImpl();
    labels.addRootNode(parent);
    return new MultiLabelInstances(rows, labels);
  }
}
