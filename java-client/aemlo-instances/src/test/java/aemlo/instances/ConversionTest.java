// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.JobSummary;
import aemlo.client.LabelEdit;
import aemlo.client.OversamplingResult;
import aemlo.client.data.MultiLabelMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SparseInstance;

class ConversionTest {
  @Property(tries = 100)
  void matrix_AnyInstances_HoldsTheirValuesAndLabels(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll boolean sparse,
      @ForAll boolean weights) {
    Instances data = TestInstances.mixed(seed, rows, sparse, weights);

    MultiLabelMatrix matrix =
        new Conversion(data, LabelSelection.find(data, "y0,y1,y2", MissingLabels.REFUSE)).matrix();

    assertThat(matrix.isSparse()).isEqualTo(sparse);
    assertThat(matrix.schema().attributes())
        .extracting("name")
        .containsExactly("x0", "y0", "c", "y1", "x1", "y2");
    for (int row = 0; row < rows; row++) {
      Instance instance = data.instance(row);
      int[] features = {0, 2, 4};
      for (int feature = 0; feature < 3; feature++) {
        assertThat(Double.compare(matrix.value(row, feature), instance.value(features[feature])))
            .isZero();
      }
      int[] labels = {1, 3, 5};
      for (int label = 0; label < 3; label++) {
        assertThat(matrix.label(row, label))
            .isEqualTo(instance.stringValue(labels[label]).equals("1"));
      }
      assertThat(matrix.weight(row)).isEqualTo(instance.weight());
    }
  }

  @Property(tries = 100)
  void apply_NewRowsLikeTheGivenOnes_MakesInstancesLikeThem(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll boolean sparse,
      @ForAll boolean weights) {
    Instances data = TestInstances.mixed(seed, rows, sparse, weights);
    Conversion conversion =
        new Conversion(data, LabelSelection.find(data, "y0,y1,y2", MissingLabels.REFUSE));
    List<Instance> originals = new ArrayList<>();
    List<Instance> synthetic = new ArrayList<>();

    conversion.apply(
        result(null, List.of(), new int[0], conversion.matrix()), originals::add, synthetic::add);

    assertThat(originals).hasSize(rows).allSatisfy(instance -> assertThat(data).contains(instance));
    for (int row = 0; row < rows; row++) {
      assertThat(synthetic.get(row))
          .isInstanceOf(sparse ? SparseInstance.class : DenseInstance.class);
      assertThat(synthetic.get(row).toString()).isEqualTo(data.instance(row).toString());
      assertThat(synthetic.get(row).weight()).isEqualTo(data.instance(row).weight());
    }
  }

  @Test
  void apply_RecipeThatDropsEditsAndClones_LeavesTheGivenRowsAlone() {
    Instances data = TestInstances.mixed(1, 5, false, false);
    String before = data.toString();
    Conversion conversion =
        new Conversion(data, LabelSelection.find(data, "y0,y1,y2", MissingLabels.REFUSE));
    boolean had = conversion.matrix().label(2, 1);
    MultiLabelMatrix none = MultiLabelMatrix.dense(conversion.matrix().schema(), 0).build();
    List<Instance> originals = new ArrayList<>();

    conversion.apply(
        result(new int[] {0, 2, 4}, List.of(new LabelEdit(2, 1, !had)), new int[] {3}, none),
        originals::add,
        row -> {
          throw new AssertionError("no new row was made");
        });

    assertThat(originals).hasSize(4);
    assertThat(originals.get(0)).isSameAs(data.instance(0));
    assertThat(originals.get(1).stringValue(3)).isEqualTo(had ? "0" : "1");
    assertThat(originals.get(3)).isSameAs(data.instance(3));
    assertThat(data.toString()).isEqualTo(before);
  }

  @Test
  void matrix_MissingLabel_IsRefusedOrTakenAsZero() {
    Instances data = TestInstances.mixed(1, 4, false, false);
    data.instance(2).setMissing(3);

    assertThatThrownBy(
            () -> new Conversion(data, LabelSelection.find(data, "y0,y1", MissingLabels.REFUSE)))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("row 3")
        .hasMessageContaining("'y1'");
    assertThat(
            new Conversion(data, LabelSelection.find(data, "y0,y1", MissingLabels.ZERO))
                .matrix()
                .label(2, 1))
        .isFalse();
  }

  @Test
  void conversion_AttributesThatCannotBeSent_AreAllNamed() {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            Arrays.asList(
                new Attribute("when", "yyyy-MM-dd"),
                new Attribute("text", (List<String>) null),
                new Attribute(
                    "bag", new Instances("bag", new ArrayList<>(List.of(new Attribute("z"))), 0)),
                new Attribute("x"),
                TestInstances.label("y", "0", "1")));
    Instances data = new Instances("r", attributes, 0);

    assertThatThrownBy(
            () -> new Conversion(data, LabelSelection.find(data, "y", MissingLabels.REFUSE)))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("'when' (date)")
        .hasMessageContaining("'text' (string)")
        .hasMessageContaining("'bag' (relational)");
  }

  @Test
  void classLabels_TwoClasses_AreOneLabelOfTheRarer() {
    Instances data = TestInstances.mixed(3, 40, false, false);
    data.setClassIndex(1);
    int[] counts = data.attributeStats(1).nominalCounts;
    int rarer = counts[0] < counts[1] ? 0 : 1;
    LabelView view = LabelSelection.find(data, "", MissingLabels.REFUSE);
    Conversion conversion = new Conversion(data, view);

    assertThat(conversion.matrix().schema().labelCount()).isEqualTo(1);
    for (int row = 0; row < 40; row++) {
      assertThat(conversion.matrix().label(row, 0))
          .isEqualTo(data.instance(row).classValue() == rarer);
    }
    assertThat(view.minorityRule()).isEqualTo("all");
    assertThat(roundTrip(data, conversion)).isEqualTo(data.toString());
  }

  @Test
  void classLabels_ThreeClassesSomeMissing_AreOneLabelEachOfTheRowsThatHaveOne() {
    Instances data = TestInstances.mixed(3, 40, true, false);
    data.setClassIndex(2);
    long known = data.stream().filter(instance -> !instance.classIsMissing()).count();
    Conversion conversion =
        new Conversion(data, LabelSelection.find(data, "", MissingLabels.REFUSE));
    MultiLabelMatrix matrix = conversion.matrix();
    List<Instance> originals = new ArrayList<>();
    List<Instance> synthetic = new ArrayList<>();

    conversion.apply(result(null, List.of(), new int[0], matrix), originals::add, synthetic::add);

    assertThat(matrix.rows()).isEqualTo((int) known).isLessThan(40);
    assertThat(matrix.schema().attributes())
        .extracting("name")
        .contains("c=red", "c=green", "c=blue");
    assertThat(originals).hasSize(40);
    List<Instance> classified =
        data.stream()
            .filter(instance -> !instance.classIsMissing())
            .collect(java.util.stream.Collectors.toList());
    for (int row = 0; row < matrix.rows(); row++) {
      assertThat(synthetic.get(row).toString()).isEqualTo(classified.get(row).toString());
    }
  }

  @Test
  void classLabels_NoneOrSeveralDecoded_TakesTheSeedsClass() {
    Instances data = TestInstances.mixed(3, 6, false, false);
    data.setClassIndex(2);
    data.deleteWithMissingClass();
    Conversion conversion =
        new Conversion(data, LabelSelection.find(data, "", MissingLabels.REFUSE));
    MultiLabelMatrix rows =
        MultiLabelMatrix.dense(conversion.matrix().schema(), 3)
            .row()
            .row()
            .label(0)
            .label(1)
            .row()
            .label(2)
            .build();
    List<Instance> synthetic = new ArrayList<>();

    conversion.apply(
        new OversamplingResult(
            null, List.of(), new int[0], rows, new int[] {1, 1, 1}, null, summary()),
        original -> {},
        synthetic::add);

    assertThat(synthetic)
        .extracting(Instance::classValue)
        .containsExactly(data.instance(1).classValue(), data.instance(1).classValue(), 2.0);
  }

  private static String roundTrip(Instances data, Conversion conversion) {
    Instances back = new Instances(data, data.numInstances());
    conversion.apply(
        result(new int[0], List.of(), new int[0], conversion.matrix()), original -> {}, back::add);
    return back.toString();
  }

  private static OversamplingResult result(
      int[] kept, List<LabelEdit> edits, int[] clones, MultiLabelMatrix rows) {
    return new OversamplingResult(
        kept, edits, clones, rows, IntStream.range(0, rows.rows()).toArray(), null, summary());
  }

  private static JobSummary summary() {
    return new JobSummary("job", 1, "cpu", 0, false, List.of(), "{}");
  }
}
