// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.trees.J48;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ArffLoader;
import weka.core.converters.ArffSaver;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.supervised.instance.AEMLO;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.ClassAssigner;
import weka.knowledgeflow.steps.Classifier;
import weka.knowledgeflow.steps.ClassifierPerformanceEvaluator;
import weka.knowledgeflow.steps.CrossValidationFoldMaker;
import weka.knowledgeflow.steps.Filter;
import weka.knowledgeflow.steps.Loader;
import weka.knowledgeflow.steps.Saver;
import weka.knowledgeflow.steps.Step;
import weka.knowledgeflow.steps.TextSaver;

/**
 * Flows with the filter, saved to files and run by Weka's FlowRunner in a JVM of its own; against
 * server processes that they start.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KnowledgeFlowTest {
  private static final int ROWS = 90;

  @TempDir Path folder;
  private final Flow flow = new Flow();
  private Path data;

  @BeforeEach
  void write() throws Exception {
    data = Files.writeString(folder.resolve("data.arff"), TestData.meka(ROWS, false).toString());
  }

  @Test
  void flow_LoaderFilterSaver_WritesTheNewRowsBehindTheGivenOnes() throws Exception {
    StepManagerImpl filter = add(filter("-num 20 -minority-rule all"));
    connect(add(loader()), filter, StepManager.CON_DATASET);
    connect(filter, add(saver()), StepManager.CON_DATASET);

    String said = run();

    List<Instances> made = made();
    assertThat(made).as(said).hasSize(1);
    Instances read = made.get(0);
    assertThat(read.numInstances()).isEqualTo(ROWS + 20);
    Instances given = DataSource.read(data.toString());
    for (int row = 0; row < ROWS; row++) {
      assertThat(read.instance(row).toString()).isEqualTo(given.instance(row).toString());
    }
  }

  @Test
  void flow_CrossValidation_OversamplesTrainingFoldsAndTestsOnTheGivenRows() throws Exception {
    ClassAssigner assigner = new ClassAssigner();
    assigner.setClassColumn(String.valueOf(TestData.LABELS));
    CrossValidationFoldMaker folds = new CrossValidationFoldMaker();
    folds.setNumFolds("3");
    Classifier classifier = new Classifier();
    classifier.setClassifier(new J48());
    TextSaver text = new TextSaver();
    text.setFile(new File(folder.toFile(), "evaluation.txt"));
    StepManagerImpl assigned = add(assigner);
    StepManagerImpl cut = add(folds);
    StepManagerImpl filter = add(filter("-num 10 -labels y2 -minority-rule all"));
    StepManagerImpl learner = add(classifier);
    StepManagerImpl evaluator = add(new ClassifierPerformanceEvaluator());
    connect(add(loader()), assigned, StepManager.CON_DATASET);
    connect(assigned, cut, StepManager.CON_DATASET);
    connect(cut, filter, StepManager.CON_TRAININGSET);
    connect(cut, filter, StepManager.CON_TESTSET);
    connect(filter, learner, StepManager.CON_TRAININGSET);
    connect(filter, add(saver()), StepManager.CON_TRAININGSET);
    connect(filter, learner, StepManager.CON_TESTSET);
    connect(learner, evaluator, StepManager.CON_BATCH_CLASSIFIER);
    connect(evaluator, add(text), StepManager.CON_TEXT);

    String said = run();

    Path evaluation = folder.resolve("evaluation.txt");
    assertThat(evaluation).as(said).exists();
    assertThat(Files.readString(evaluation))
        .containsPattern("Total Number of Instances +" + ROWS + " ");
    assertThat(made())
        .hasSize(3)
        .allSatisfy(fold -> assertThat(fold.numInstances()).isEqualTo(ROWS / 3 * 2 + 10));
  }

  private Loader loader() throws Exception {
    ArffLoader arff = new ArffLoader();
    arff.setFile(data.toFile());
    Loader loader = new Loader();
    loader.setLoader(arff);
    return loader;
  }

  private Saver saver() throws Exception {
    ArffSaver arff = new ArffSaver();
    arff.setDir(folder.toString());
    arff.setFilePrefix("made");
    Saver saver = new Saver();
    saver.setSaver(arff);
    return saver;
  }

  /** What the saver wrote. */
  private List<Instances> made() throws Exception {
    List<Instances> made = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "made*")) {
      for (Path file : files) {
        made.add(DataSource.read(file.toString()));
      }
    }
    return made;
  }

  private static Filter filter(String options) throws Exception {
    AEMLO aemlo = new AEMLO();
    aemlo.setOptions(Utils.splitOptions("-hidden 16 -latent 8 -epochs 2 -threads 1 " + options));
    Filter filter = new Filter();
    filter.setFilter(aemlo);
    return filter;
  }

  private StepManagerImpl add(Step step) {
    StepManagerImpl managed = new StepManagerImpl(step);
    flow.addStep(managed);
    return managed;
  }

  private void connect(StepManagerImpl from, StepManagerImpl to, String what) {
    assertThat(flow.connectSteps(from, to, what)).as(what).isTrue();
  }

  private String run() throws Exception {
    Path saved = folder.resolve("flow.kf");
    flow.saveFlow(saved.toFile());
    Process runner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DWEKA_HOME=" + folder.resolve("wekafiles"),
                "-Djava.awt.headless=true",
                "-Dweka.packageManager.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "weka.knowledgeflow.FlowRunner",
                saved.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(runner.getInputStream().readAllBytes());
    assertThat(runner.waitFor()).as(said).isZero();
    return said;
  }
}
