// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.AemloOptions;
import aemlo.client.option.Method;
import aemlo.client.option.MinorityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mulan.data.LabelNodeImpl;
import mulan.data.LabelsMetaDataImpl;
import mulan.data.MultiLabelInstances;
import mulan.sampling.MultiLabelSampling;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Against a server process. */
class AEMLOTest {
  @Test
  void build_CopyWithOtherShareAndSeed_MakesAsManyRowsAsThePackageDoes() throws Exception {
    MultiLabelInstances data = data();
    AEMLO aemlo = new AEMLO();
    aemlo.setOptions(
        AemloOptions.builder()
            .hidden(16)
            .latent(8)
            .epochs(2)
            .threads(1)
            .minorityRule(MinorityRule.ALL)
            .build());
    aemlo.setP(0.25);
    aemlo.setSeed(-3);

    MultiLabelSampling copy = aemlo.makeCopy();
    MultiLabelInstances more = copy.build(data);

    assertThat(more.getNumInstances()).isEqualTo(61 + 15);
    assertThat(copy.build(data).getDataSet().toString()).isEqualTo(more.getDataSet().toString());
    copy.setSeed(4);
    assertThat(copy.build(data).getDataSet().toString()).isNotEqualTo(more.getDataSet().toString());
    assertThat(aemlo.getTechnicalInformation().toString()).contains("AEMLO");
  }

  @Test
  void build_OtherMethods_TakesPWhereTheyHaveARate() throws Exception {
    MultiLabelInstances data = data();
    AEMLO aemlo = new AEMLO();
    aemlo.setP(0.25);

    aemlo.setOptions(AemloOptions.builder(Method.MLSOL).neighbours(3).build());
    assertThat(aemlo.build(data).getNumInstances()).isEqualTo(61 + 15);
    aemlo.setP(0.5);
    assertThat(aemlo.build(data).getNumInstances()).isEqualTo(61 + 30);
    aemlo.setOptions(AemloOptions.builder(Method.REMEDIAL).build());
    assertThat(aemlo.build(data).getDataSet().toString())
        .as("no row has both labels")
        .isEqualTo(data.getDataSet().toString());
  }

  private static MultiLabelInstances data() throws Exception {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("x"),
                new Attribute("a", List.of("0", "1")),
                new Attribute("b", List.of("0", "1"))));
    Instances rows = new Instances("small", attributes, 61);
    Random random = new Random(1);
    LabelsMetaDataImpl labels = new LabelsMetaDataImpl();
    labels.addRootNode(new LabelNodeImpl("a"));
    labels.addRootNode(new LabelNodeImpl("b"));
    for (int row = 0; row < 61; row++) {
      int label = random.nextInt(2);
      rows.add(
          new DenseInstance(1, new double[] {random.nextGaussian() + label, label, 1 - label}));
    }
    return new MultiLabelInstances(rows, labels);
  }
}
