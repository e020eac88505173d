// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.option.MinorityRule;
import aemlo.instances.MissingLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mulan.data.LabelNodeImpl;
import mulan.data.LabelsMetaDataImpl;
import mulan.data.MultiLabelInstances;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
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
