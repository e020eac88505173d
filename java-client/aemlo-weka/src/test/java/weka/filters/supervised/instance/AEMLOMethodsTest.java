// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.weka.Command;
import aemlo.weka.TestData;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import meka.classifiers.multilabel.AEMLOClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.SelectedTag;
import weka.core.Utils;
import weka.filters.Filter;

/** The other methods than AEMLO, against a server process. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AEMLOMethodsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AEMLO")
  void useFilter_SameSeed_MakesTheRowsOfTheCommand(Method method) throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      Instances data = TestData.meka(90, sparse);

      Instances more = apply(data, "-method " + method.title() + " -S 17");

      Command.assertSameRows(
          more, Command.oversample(folder, data, "-method " + method.title() + " -seed 17"));
      assertThat(rows(more)).as("it did something").isNotEqualTo(rows(data));
      assertThat(more.relationName()).isEqualTo(data.relationName());
      assertThat(more.classIndex()).isEqualTo(data.classIndex());
    }
  }

  @Test
  void useFilter_OptionsOfAMethod_MakeTheRowsOfTheCommand() throws Exception {
    Instances data = TestData.meka(90, false);
    for (String options :
        List.of(
            "-method mlsol -num 33 -neighbours 3",
            "-method mlsmote -label-rule union -neighbours 4",
            "-method remedial-hwr -partner enn",
            "-method mlrus -rate 0.3")) {
      Command.assertSameRows(
          apply(data, options + " -S 4"), Command.oversample(folder, data, options + " -seed 4"));
    }
    assertThat(apply(data, "-method mlsol -num 33").numInstances()).isEqualTo(123);
    assertThat(apply(data, "-method lprus -num 15").numInstances()).isEqualTo(75);
  }

  /** One label, which cannot meet another. */
  @Test
  void useFilter_RemedialOnAClass_LeavesEverythingAsItIs() throws Exception {
    Instances data = TestData.meka(90, false);
    data.setClassIndex(2);
    data.setRelationName("ordinary");

    assertThat(rows(apply(data, "-method remedial"))).isEqualTo(rows(data));
  }

  /** The rule for minority labels that a class gets is an option of AEMLO alone. */
  @Test
  void useFilter_MethodsOnAClass_RunWithoutTheRuleOfClasses() throws Exception {
    Instances data = TestData.meka(90, false);
    data.setClassIndex(TestData.LABELS);
    data.setRelationName("ordinary");

    assertThat(apply(data, "-method mlsol -num 20").numInstances()).isEqualTo(110);
    assertThat(apply(data, "-method lprus -num 5").numInstances()).isEqualTo(85);
  }

  @Test
  void classifier_OfMekaWithAMethod_TrainsOnItsRows() throws Exception {
    Instances data = TestData.meka(90, false);
    AEMLOClassifier classifier = new AEMLOClassifier();
    classifier.setFilter(filter("-method mlrus -num 30"));

    classifier.buildClassifier(data);

    for (Instance row : data) {
      assertThat(classifier.distributionForInstance(row)).hasSize(TestData.LABELS);
    }
  }

  @Test
  void options_OfAMethod_AreThoseOfTheFilterMadeFromThem() throws Exception {
    AEMLO filter = filter("-method MLSMOTE -label-rule union -neighbours 4 -S 5");

    assertThat(String.join(" ", filter.getOptions()))
        .contains("-S 5 ", "-method mlsmote -preset default -label-rule union -neighbours 4");
    AEMLO again = new AEMLO();
    again.setOptions(filter.getOptions());
    assertThat(again.getOptions()).isEqualTo(filter.getOptions());
    again.setOptions(new String[0]);
    assertThat(again.getOptions()).as("AEMLO again").isEqualTo(new AEMLO().getOptions());
    assertThat(((AEMLO) Filter.makeCopy(filter)).getOptions()).isEqualTo(filter.getOptions());
  }

  @Test
  void setOptions_WrongOnesOfAMethod_AreNamed() {
    assertThatThrownBy(() -> filter("-method mlsol -rate -1"))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("option rate: '-1'")
        .hasMessageContaining("[0, 1000]");
    assertThatThrownBy(() -> filter("-method smote"))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("no method 'smote'")
        .hasMessageContaining("mlsmote");
    assertThatThrownBy(() -> filter("-method mlsol -preset paper"))
        .hasMessageContaining("MLSOL has no preset 'paper'");
    assertThatThrownBy(() -> filter("-method mlsol -epochs 3"))
        .as("an option of AEMLO")
        .hasMessageContaining("-epochs 3");
    assertThatThrownBy(() -> filter("-method mlsol -seed 3")).hasMessageContaining("-seed 3");
  }

  @Test
  void properties_MethodAndItsOptions_AreWhatRuns() throws Exception {
    Instances data = TestData.meka(90, false);
    AEMLO filter = new AEMLO();
    assertThat(filter.getMethod().getSelectedTag().getIDStr()).isEqualTo("aemlo");
    assertThat(filter.getMethod().getTags()).hasSameSizeAs(Method.values());
    filter.setOtherOptions(" ");
    filter.setMethod(new SelectedTag("mlsol", filter.getMethod().getTags()));
    assertThat(filter.getOtherOptions()).isEmpty();
    filter.setOtherOptions("-num 12 -neighbours 3");
    filter.setEpochs(7);

    filter.setInputFormat(data);
    assertThat(rows(Filter.useFilter(data, filter)))
        .isEqualTo(rows(apply(data, "-method mlsol -num 12 -neighbours 3")))
        .hasSize(102);
    assertThat(filter.getOtherOptions()).isEqualTo("-preset default -neighbours 3 -num 12");
    filter.setMethod(filter.getMethod());
    assertThat(filter.getOtherOptions()).as("the same method").contains("-num 12");
    filter.setMethod(new SelectedTag("mltl", filter.getMethod().getTags()));
    assertThat(filter.getOtherOptions()).as("another method").isEmpty();
    filter.setMethod(new SelectedTag("aemlo", filter.getMethod().getTags()));
    assertThat(String.join(" ", filter.getOptions())).contains("-epochs 7").doesNotContain("mltl");
  }

  @Test
  void setOtherOptions_WrongOnes_AreNamedAndChangeNothing() throws Exception {
    AEMLO filter = new AEMLO();
    assertThatThrownBy(() -> filter.setOtherOptions("-num 3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'-num 3'")
        .hasMessageContaining("choose the method first");
    filter.setMethod(new SelectedTag("mlros", filter.getMethod().getTags()));
    filter.setOtherOptions("-num 3");

    assertThatThrownBy(() -> filter.setOtherOptions("-num 4 -epochs 3"))
        .hasMessageContaining("-epochs 3");
    assertThatThrownBy(() -> filter.setOtherOptions("-num x")).hasMessageContaining("option num");

    assertThat(filter.getOtherOptions()).contains("-num 3");
  }

  /** No method has an option that Weka, or the filter itself, takes for another. */
  @ParameterizedTest
  @EnumSource
  void listOptions_OfAMethod_HasEveryOptionOnceBesideWekasOwn(Method method) throws Exception {
    List<String> names =
        Collections.list(filter("-method " + method.word()).listOptions()).stream()
            .map(Option::name)
            .collect(Collectors.toList());

    assertThat(names).doesNotHaveDuplicates().contains("S", "method", "preset", "labels");
    OptionCatalog.all(method)
        .forEach(
            option -> {
              assertThat(option.name()).as("Weka has the single letters").hasSizeGreaterThan(1);
              assertThat(names.contains(option.name()))
                  .as(option.name())
                  .isEqualTo(!option.name().equals("seed"));
            });
  }

  private static Instances apply(Instances data, String options) throws Exception {
    AEMLO filter = filter(options);
    filter.setInputFormat(data);
    return Filter.useFilter(data, filter);
  }

  private static AEMLO filter(String options) throws Exception {
    AEMLO filter = new AEMLO();
    filter.setOptions(Utils.splitOptions(options));
    return filter;
  }

  private static List<String> rows(Instances data) {
    return data.stream().map(Instance::toString).collect(Collectors.toList());
  }
}
