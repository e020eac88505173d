// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloClient;
import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.EpochProgress;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.option.MinorityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import mulan.classifier.MultiLabelLearner;
import mulan.data.MultiLabelInstances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.core.Instance;
import weka.core.Instances;

/** Against a server process. */
class OversampledLearnerTest {
  private static final AemloOptions FAST =
      AemloOptions.builder()
          .hidden(16)
          .latent(8)
          .epochs(3)
          .threads(1)
          .minorityRule(MinorityRule.IRLBL)
          .seed(1)
          .build();

  @BeforeEach
  @AfterEach
  void forget() {
    RecordingLearner.BUILT.clear();
    RecordingLearner.ASKED.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "emotions, MLkNN",
    "emotions, BR",
    "emotions, RAkEL",
    "emotions, ECC",
    "emotions, CLR",
    "yeast, MLkNN",
    "yeast, BR"
  })
  void crossValidate_WithOversampler_GrowsTrainingFoldsAlone(String name, String learner)
      throws Exception {
    MultiLabelInstances data = Experiments.read(name);

    double[] means =
        Experiments.crossValidate(
            new OversampledLearner(
                new RecordingLearner(Experiments.learner(learner)), new AemloOversampler(FAST)),
            data);

    assertThat(means[0]).isBetween(.2, 1.);
    assertThat(means[1]).isBetween(.5, 1.);
    assertThat(means[2]).isBetween(0., .4);
    // Mulan's folds: all rows shuffled by the seed, then cut.
    Instances shuffled = new Instances(data.getDataSet());
    shuffled.randomize(new Random(1));
    assertThat(RecordingLearner.BUILT).hasSize(5);
    for (int fold = 0; fold < 5; fold++) {
      List<String> given = rows(shuffled.trainCV(5, fold));
      List<String> built = rows(RecordingLearner.BUILT.get(fold).getDataSet());
      assertThat(built.size()).isGreaterThan(given.size());
      assertThat(built.subList(0, given.size()).equals(given)).as("given rows first").isTrue();
    }
    // Every given row is asked for once, as it was given but for its labels, which Mulan hides.
    List<String> given = features(rows(data.getDataSet()), data.getNumLabels());
    List<String> asked = features(RecordingLearner.ASKED, data.getNumLabels());
    assertThat(asked.equals(given)).as("the rows tested on are the given ones").isTrue();
  }

  @Test
  void build_SameFoldSameSeed_IsTrainedOnceForAllLearners() throws Exception {
    MultiLabelInstances data = Experiments.read("emotions");
    List<Boolean> joined = new CopyOnWriteArrayList<>();
    List<String> jobs = new CopyOnWriteArrayList<>();
    AemloOversampler oversampler = new AemloOversampler(FAST.toBuilder().seed(77).build());
    oversampler.setProgressListener(
        new ProgressListener() {
          @Override
          public void accepted(String jobId, long seed, boolean existed) {
            jobs.add(jobId);
            joined.add(existed);
          }
        });

    for (String name : new String[] {"MLkNN", "BR"}) {
      new OversampledLearner(Experiments.learner(name), oversampler).build(data);
    }

    assertThat(joined).containsExactly(false, true);
    assertThat(jobs.get(0)).isEqualTo(jobs.get(1));
  }

  @Test
  void build_ServerNotThere_ThrowsAndLogsWhatToDo() throws Exception {
    MultiLabelInstances data = Experiments.read("emotions");
    AemloOversampler oversampler = new AemloOversampler(FAST);
    oversampler.setServer(ServerSettings.builder().address("127.0.0.1:1").build());
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(OversampledLearner.class.getName());
    Handler handler = new Collecting(logged);
    logger.addHandler(handler);
    try {
      assertThatThrownBy(
              () ->
                  new OversampledLearner(
                          new RecordingLearner(Experiments.learner("MLkNN")), oversampler)
                      .build(data))
          .isInstanceOf(AemloException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageContaining("aemlo serve");
      assertThat(logged).singleElement().asString().contains("no model", "127.0.0.1:1");
      assertThat(RecordingLearner.BUILT).isEmpty();
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void makeCopy_OfLearner_KeepsTheSettings() throws Exception {
    AemloOversampler oversampler = new AemloOversampler(FAST);
    oversampler.setServer(
        ServerSettings.builder().address("h:5").tokenFromEnvironment("T").build());

    MultiLabelLearner copy =
        new OversampledLearner(Experiments.learner("BR"), oversampler).makeCopy();

    assertThat(((OversampledLearner) copy).getOversampler().getOptions()).isEqualTo(FAST);
    assertThat(((OversampledLearner) copy).getOversampler().getServer())
        .isEqualTo(oversampler.getServer());
  }

  @Test
  void build_EightThreads_TrainTheSameModels() throws Exception {
    MultiLabelInstances data = Experiments.read("emotions");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<String>>> predictions = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      MultiLabelLearner copy =
          new OversampledLearner(Experiments.learner("BR"), new AemloOversampler(FAST)).makeCopy();
      predictions.add(threads.submit(() -> predictions(copy, data)));
    }
    for (Future<List<String>> prediction : predictions) {
      assertThat(prediction.get().equals(predictions.get(0).get())).isTrue();
    }
    threads.shutdown();
  }

  @Test
  void build_Interrupted_ThrowsAndBuildsNothing() throws Exception {
    MultiLabelInstances data = Experiments.read("emotions");
    AemloOversampler oversampler =
        new AemloOversampler(FAST.toBuilder().epochs(1_000_000).seed(78).build());
    Thread caller = Thread.currentThread();
    oversampler.setProgressListener(
        new ProgressListener() {
          @Override
          public void epoch(EpochProgress progress) {
            caller.interrupt();
          }
        });

    assertThatThrownBy(
            () ->
                new OversampledLearner(
                        new RecordingLearner(Experiments.learner("MLkNN")), oversampler)
                    .build(data))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("interrupted")
        .hasMessageContaining("cancelled");
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(RecordingLearner.BUILT).isEmpty();
  }

  @Test
  void localServer_ForAllTests_IsOne() {
    assertThat(AemloClient.shared(ServerSettings.builder().build()))
        .isSameAs(AemloClient.shared(ServerSettings.builder().build()));
  }

  private static List<String> predictions(MultiLabelLearner learner, MultiLabelInstances data)
      throws Exception {
    learner.build(data);
    List<String> predictions = new ArrayList<>();
    for (Instance row : data.getDataSet()) {
      predictions.add(learner.makePrediction(row).toString());
    }
    return predictions;
  }

  private static List<String> rows(Instances data) {
    return data.stream().map(Instance::toString).collect(Collectors.toList());
  }

  /** The rows without their labels, which are their last values, sorted. */
  private static List<String> features(List<String> rows, int labels) {
    return rows.stream()
        .map(row -> row.substring(0, row.length() - 2 * labels))
        .sorted()
        .collect(Collectors.toList());
  }

  private static final class Collecting extends Handler {
    private final List<String> messages;

    Collecting(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord entry) {
      messages.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
