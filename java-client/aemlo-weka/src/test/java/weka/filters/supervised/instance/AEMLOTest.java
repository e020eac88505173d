// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import aemlo.client.AemloException;
import aemlo.weka.Command;
import aemlo.weka.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.meta.FilteredClassifier;
import weka.classifiers.trees.J48;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SelectedTag;
import weka.core.SerializationHelper;
import weka.core.SparseInstance;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.Filter;

/** Against a server process. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AEMLOTest {
  @TempDir Path folder;

  @Test
  void useFilter_MultiLabelData_PutsNewRowsBehindTheGivenOnes() throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      Instances data = TestData.meka(90, sparse);

      Instances more = apply(data, "-num 20");

      assertThat(more.numInstances()).isEqualTo(110);
      assertThat(more.relationName()).isEqualTo(data.relationName());
      assertThat(more.classIndex()).isEqualTo(TestData.LABELS);
      assertThat(rows(more).subList(0, 90)).isEqualTo(rows(data));
      assertThat(more.subList(90, 110))
          .allSatisfy(row -> assertThat(row instanceof SparseInstance).isEqualTo(sparse));
    }
  }

  @Test
  void useFilter_SameSeed_MakesTheRowsOfTheCommand() throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      Instances data = TestData.meka(90, sparse);

      Instances more = apply(data, "-num 25 -S 17");

      assertThat(more.numInstances()).isEqualTo(115);
      Command.assertSameRows(
          more, Command.oversample(folder, data, "-seed 17 -num 25 " + TestData.FAST));
    }
  }

  @Test
  void useFilter_LaterBatches_PassThroughWithoutAServer() throws Exception {
    AEMLO filter = filter("-num 10");
    Instances data = TestData.meka(60, false);
    filter.setInputFormat(data);
    Filter.useFilter(data, filter);
    filter.setServer("127.0.0.1:1");

    Instances test = TestData.meka(30, false);
    assertThat(filter.input(test.instance(0))).as("test rows come out at once").isTrue();
    assertThat(filter.output().toString()).isEqualTo(test.instance(0).toString());
    assertThat(rows(Filter.useFilter(test, filter))).isEqualTo(rows(test));
  }

  @Test
  void useFilter_NoRows_CallsNoServer() throws Exception {
    Instances none = new Instances(TestData.meka(1, false), 0);

    assertThat(apply(none, "-server 127.0.0.1:1").numInstances()).isZero();
  }

  @Test
  void useFilter_NoServer_ThrowsAndGivesNoRows() throws Exception {
    AEMLO filter = filter("-server 127.0.0.1:1");
    Instances data = TestData.meka(20, false);
    filter.setInputFormat(data);

    assertThatThrownBy(() -> Filter.useFilter(data, filter))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("aemlo serve");
    assertThat(filter.numPendingOutput()).isZero();
  }

  @Test
  void useFilter_UnequalWeights_GivesNewRowsTheirSeeds() throws Exception {
    Instances data = TestData.meka(60, false);
    data.forEach(row -> row.setWeight(2));
    assertThat(apply(data, "-num 10").subList(60, 70))
        .allSatisfy(row -> assertThat(row.weight()).isEqualTo(2));

    data.instance(3).setWeight(0.5);
    assertThat(apply(data, "-num 10").subList(60, 70))
        .allSatisfy(row -> assertThat(row.weight()).isIn(2.0, 0.5));
  }

  /** The rule that classes get where none is chosen gives way to one that is. */
  @Test
  void useFilter_ClassWithTheRuleOfThePreset_IsObeyed() throws Exception {
    Instances data = TestData.meka(90, false);
    data.setClassIndex(2);
    data.setRelationName("ordinary");
    assertThat(apply(filterWithoutRule("-num 12"), data).numInstances()).isEqualTo(102);

    AEMLO chosen = filterWithoutRule("-num 12 -minority-rule imr+irlbl");

    assertThat(apply(chosen, data).numInstances())
        .as("one label, never rarer than the mean")
        .isEqualTo(90);
    assertThat(String.join(" ", chosen.getOptions())).contains("-minority-rule imr+irlbl");
  }

  @Test
  void filteredClassifier_RareClass_IsOversampled() throws Exception {
    Instances data = TestData.meka(90, false);
    data.setClassIndex(2);
    data.setRelationName("ordinary");
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setClassifier(new J48());
    classifier.setFilter(filterWithoutRule("-num 12"));

    classifier.buildClassifier(data);

    for (Instance row : data) {
      assertThat(classifier.distributionForInstance(row)).hasSize(2);
    }
  }

  @Test
  void filter_SerializedAfterUse_ClassifiesAsBefore() throws Exception {
    Instances data = TestData.meka(60, false);
    data.setClassIndex(1);
    data.setRelationName("ordinary");
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setFilter(filterWithoutRule("-num 12"));
    classifier.buildClassifier(data);
    Path model = folder.resolve("a model");

    SerializationHelper.write(model.toString(), classifier);
    FilteredClassifier again = (FilteredClassifier) SerializationHelper.read(model.toString());

    for (Instance row : data) {
      assertThat(again.distributionForInstance(row))
          .isEqualTo(classifier.distributionForInstance(row));
    }
    assertThat(((AEMLO) again.getFilter()).getOptions())
        .isEqualTo(((AEMLO) classifier.getFilter()).getOptions());
  }

  @Test
  void makeCopies_BeforeAndAfterUse_FilterAsTheFirst() throws Exception {
    Instances data = TestData.meka(60, false);
    AEMLO filter = filter("-num 10 -S 3");
    Filter[] copies = Filter.makeCopies(filter, 2);
    List<String> made = rows(apply(filter, data));
    Filter after = Filter.makeCopy(filter);

    assertThat(rows(apply(copies[0], data)).equals(made)).isTrue();
    assertThat(rows(apply(copies[1], data)).equals(made)).isTrue();
    Instances test = TestData.meka(20, false);
    assertThat(rows(Filter.useFilter(test, after)))
        .as("its first batch is done")
        .isEqualTo(rows(test));
    assertThat(rows(apply(after, data)).equals(made)).as("and begins anew").isTrue();
  }

  @Test
  void useFilter_Interrupted_ThrowsAndGivesNoRows() throws Exception {
    AEMLO filter = filter("-S 5");
    filter.setEpochs(1_000_000);
    Instances data = TestData.meka(60, false);
    filter.setInputFormat(data);
    Throwable[] thrown = new Throwable[1];
    Thread caller =
        new Thread(() -> thrown[0] = catchThrowable(() -> Filter.useFilter(data, filter)));
    caller.start();
    // Wherever it is by then: sending, waiting, or following the training.
    caller.interrupt();
    caller.join();

    assertThat(thrown[0])
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> assertThat(error.reason()).isEqualTo(AemloException.Reason.CANCELLED))
        .hasMessageContaining("run it again");
    assertThat(filter.numPendingOutput()).isZero();
  }

  @Test
  void useFilter_EightThreads_GivesAllTheSameRows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<String>>> results = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int seed = thread / 4;
      results.add(threads.submit(() -> rows(apply(TestData.meka(70, false), "-num 9 -S " + seed))));
    }
    for (int thread = 0; thread < 8; thread++) {
      assertThat(results.get(thread).get().equals(results.get(thread / 4 * 4).get())).isTrue();
    }
    assertThat(results.get(0).get().equals(results.get(4).get())).isFalse();
    threads.shutdown();
  }

  @Test
  void runFilter_CommandLine_WritesArffThatReadsBackWithItsLabels() throws Exception {
    Path given =
        Files.writeString(folder.resolve("given data.arff"), TestData.meka(60, false).toString());
    Path made = folder.resolve("made data.arff");
    List<String> arguments =
        new ArrayList<>(List.of("-i", given.toString(), "-o", made.toString(), "-num", "15"));
    arguments.addAll(List.of(TestData.FAST.split(" ")));

    Filter.runFilter(new AEMLO(), arguments.toArray(new String[0]));

    Instances read = DataSource.read(made.toString());
    assertThat(read.numInstances()).isEqualTo(75);
    assertThat(read.relationName()).isEqualTo("small: -C 3");
  }

  @Test
  void options_Preset_MovesWhatWasNotSet() throws Exception {
    AEMLO filter = new AEMLO();
    filter.setEpochs(7);
    filter.setPreset(new SelectedTag("paper", filter.getPreset().getTags()));

    assertThat(filter.getEpochs()).isEqualTo(7);
    assertThat(filter.getMaxPerSeed()).as("the paper's own").isZero();
    assertThat(filter.getNum()).as("unset").isEqualTo(-1);
    assertThat(String.join(" ", filter.getOptions())).contains("-preset paper -epochs 7");
    filter.setEpochs(100);
    assertThat(filter.getOptions()).as("follows the preset again").doesNotContain("-epochs");
  }

  @Test
  void setOptions_WrongOnes_AreNamed() {
    assertThatThrownBy(() -> filter("-batch-size 0"))
        .hasMessageContaining("option batch-size")
        .hasMessageContaining("[1, 65536]");
    assertThatThrownBy(() -> filter("-preset none")).hasMessageContaining("no preset 'none'");
    assertThatThrownBy(() -> filter("-epoch 3")).hasMessageContaining("-epoch 3");
    assertThatThrownBy(() -> filter("-timeout 0")).hasMessageContaining("timeout");
  }

  @Test
  void getOptions_Token_HoldsNamesNeverTokens() throws Exception {
    AEMLO filter = filter("-token-variable PATH -token-file /no/such/token");

    assertThat(filter.getOptions())
        .contains("PATH", "/no/such/token")
        .doesNotContain(System.getenv("PATH"));
  }

  private static Instances apply(Instances data, String options) throws Exception {
    return apply(filter(options), data);
  }

  private static Instances apply(Filter filter, Instances data) throws Exception {
    filter.setInputFormat(data);
    return Filter.useFilter(data, filter);
  }

  private static AEMLO filter(String options) throws Exception {
    return filterWithoutRule(options + " -minority-rule all");
  }

  private static AEMLO filterWithoutRule(String options) throws Exception {
    AEMLO filter = new AEMLO();
    filter.setOptions(Utils.splitOptions("-hidden 16 -latent 8 -epochs 2 -threads 1 " + options));
    return filter;
  }

  private static List<String> rows(Instances data) {
    return data.stream().map(Instance::toString).collect(Collectors.toList());
  }
}
