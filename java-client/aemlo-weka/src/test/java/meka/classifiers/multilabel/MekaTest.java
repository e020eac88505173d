// SPDX-License-Identifier: GPL-3.0-or-later
package meka.classifiers.multilabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.weka.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meka.classifiers.multilabel.meta.FilteredClassifier;
import meka.core.MLUtils;
import meka.core.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.trees.J48;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.AllFilter;
import weka.filters.Filter;
import weka.filters.supervised.instance.AEMLO;

/** MEKA, from code and from its command line; against a server process. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MekaTest {
  private static final String OPTIONS = TestData.FAST + " -num 20";

  @TempDir Path folder;

  @Test
  void filteredClassifier_WithBinaryRelevance_CrossValidates() throws Exception {
    FilteredClassifier classifier = new FilteredClassifier();
    AEMLO filter = new AEMLO();
    filter.setOptions(Utils.splitOptions(OPTIONS));
    classifier.setFilter(filter);
    classifier.setClassifier(binaryRelevance());

    Result result = Evaluation.cvModel(classifier, TestData.meka(90, false), 3, "PCut1");

    assertThat((Double) result.getMeasurement("Hamming score")).isBetween(.4, 1.);
  }

  @Test
  void aemloClassifier_SavedAndReadAgain_PredictsTheSame() throws Exception {
    Instances data = TestData.meka(90, false);
    AEMLOClassifier classifier = new AEMLOClassifier();
    ((AEMLO) classifier.getFilter()).setOptions(Utils.splitOptions(OPTIONS));
    classifier.setClassifier(binaryRelevance());
    classifier.buildClassifier(data);
    String model = folder.resolve("model").toString();

    SerializationHelper.write(model, classifier);
    AEMLOClassifier again = (AEMLOClassifier) SerializationHelper.read(model);

    for (Instance row : data) {
      assertThat(again.distributionForInstance(row))
          .isEqualTo(classifier.distributionForInstance(row))
          .hasSize(TestData.LABELS);
    }
  }

  @Test
  void aemloClassifier_CommandLine_TrainsAndEvaluates() throws Exception {
    Path data = Files.writeString(folder.resolve("data.arff"), TestData.meka(90, false).toString());
    String saved = folder.resolve("saved.model").toString();

    String said =
        run(
            AEMLOClassifier.class,
            "-t",
            data.toString(),
            "-split-percentage",
            "66",
            "-d",
            saved,
            "-F",
            AEMLO.class.getName() + " " + OPTIONS,
            "-W",
            BR.class.getName(),
            "--",
            "-W",
            J48.class.getName());

    assertThat(said).contains("Hamming score");
    assertThat(
            run(AEMLOClassifier.class, "-l", saved, "-t", data.toString(), "-T", data.toString()))
        .contains("Hamming score");
  }

  @Test
  void filteredClassifier_CommandLine_TakesTheFilterByName() throws Exception {
    Path data = Files.writeString(folder.resolve("data.arff"), TestData.meka(90, false).toString());

    String said =
        run(
            FilteredClassifier.class,
            "-t",
            data.toString(),
            "-split-percentage",
            "66",
            "-doNotCheckForModifiedClassAttribute",
            "-F",
            AEMLO.class.getName() + " " + OPTIONS,
            "-W",
            BR.class.getName(),
            "--",
            "-W",
            J48.class.getName());

    assertThat(said).contains("Hamming score");
  }

  @Test
  void arff_SavedAfterFiltering_ReadsBackWithTheSameLabels() throws Exception {
    Instances data = TestData.meka(60, true);
    AEMLO filter = new AEMLO();
    filter.setOptions(Utils.splitOptions(OPTIONS));
    filter.setInputFormat(data);
    Path saved =
        Files.writeString(folder.resolve("more.arff"), Filter.useFilter(data, filter).toString());

    Instances read = DataSource.read(saved.toString());
    MLUtils.prepareData(read);

    assertThat(read.numInstances()).isEqualTo(80);
    assertThat(read.classIndex()).isEqualTo(TestData.LABELS);
    for (int label = 0; label < TestData.LABELS; label++) {
      assertThat(read.attribute(label).name()).isEqualTo("y" + label);
    }
  }

  @Test
  void setFilter_OtherFilter_IsRefusedByName() {
    assertThatThrownBy(() -> new AEMLOClassifier().setFilter(new AllFilter()))
        .hasMessageContaining("weka.filters.AllFilter")
        .hasMessageContaining("FilteredClassifier");
  }

  private static BR binaryRelevance() {
    BR classifier = new BR();
    classifier.setClassifier(new J48());
    return classifier;
  }

  /** In a JVM of its own: MEKA's command line ends the JVM. */
  private String run(Class<? extends MultiLabelClassifier> classifier, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DWEKA_HOME=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                classifier.getName()));
    command.addAll(List.of(arguments));
    Process meka = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(meka.getInputStream().readAllBytes());
    assertThat(meka.waitFor()).as(said).isZero();
    return said;
  }
}
