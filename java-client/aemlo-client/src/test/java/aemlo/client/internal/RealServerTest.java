// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.EpochProgress;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerInfo;
import aemlo.client.ServerSettings;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.local.LocalServer;
import aemlo.client.option.MinorityRule;
import aemlo.client.testing.Matrices;
import aemlo.client.v1.Job;
import aemlo.client.v1.JobServiceGrpc;
import aemlo.client.v1.JobState;
import aemlo.client.v1.WatchJobRequest;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the server process that this JVM starts. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealServerTest {
  private static final AemloOptions FAST =
      AemloOptions.builder()
          .hidden(16)
          .latent(8)
          .epochs(3)
          .threads(1)
          .minorityRule(MinorityRule.ALL)
          .num(30)
          .seed(1)
          .build();
  private static final AemloOptions ENDLESS = FAST.toBuilder().epochs(1_000_000).build();

  private final MultiLabelMatrix data = Matrices.random(1, 120, 9, 5, false, true);
  private LocalServer server;
  private Session session;

  @BeforeEach
  void open() {
    server = LocalServer.get();
    session = new Session(ServerSettings.builder().build(), server.address(), server::obituary);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void info_ServerOfThisBuild_KnowsEveryOptionAsTheClientDoes() {
    ServerInfo info = session.info();

    assertThat(info.differences()).isEmpty();
    assertThat(info.version()).isNotEmpty();
  }

  @Test
  void oversample_DenseAndSparseWithEveryKindOfValue_GivesRowsWithParents() {
    for (boolean sparse : new boolean[] {false, true}) {
      MultiLabelMatrix rows = Matrices.random(2, 150, 11, 9, sparse, !sparse);

      OversamplingResult result = session.oversample(rows, FAST, ProgressListener.NONE);

      assertThat(result.newRows().rows()).isEqualTo(30);
      assertThat(result.newRows().isSparse()).isEqualTo(sparse);
      for (int row = 0; row < 30; row++) {
        assertThat(result.seedRow(row)).isBetween(0, 149);
        assertThat(result.neighbourRow(row)).isBetween(-1, 149);
        assertThat(result.newRows().weight(row)).isEqualTo(rows.weight(result.seedRow(row)));
      }
      assertThat(result.summary().device()).isNotEmpty();
      assertThat(result.summary().reportJson()).startsWith("{");
    }
  }

  @Test
  void oversample_LargeData_TravelsInManyBlocks() {
    OversamplingResult result =
        session.oversample(
            Matrices.random(3, 3000, 400, 30, false, false),
            FAST.toBuilder().epochs(1).num(700).build(),
            ProgressListener.NONE);

    assertThat(result.newRows().rows()).isEqualTo(700);
  }

  @Test
  void oversample_OptionsThatContradict_IsRefusedInTheServersWords() {
    MultiLabelMatrix none = MultiLabelMatrix.dense(data.schema(), 0).build();

    assertThatThrownBy(() -> session.oversample(none, FAST, ProgressListener.NONE))
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
              assertThat(error.getMessage()).contains("row");
            });
  }

  @Test
  void oversample_Interrupted_EndsTheJobOnTheServer() throws Exception {
    Watched watched = new Watched();
    Thread[] caller = new Thread[1];
    AemloException[] thrown = new AemloException[1];
    watched.onEpoch = () -> caller[0].interrupt();
    caller[0] =
        new Thread(
            () ->
                thrown[0] =
                    catchThrowableOfType(
                        AemloException.class,
                        () ->
                            session.oversample(
                                data, ENDLESS.toBuilder().seed(2).build(), watched)));

    caller[0].start();
    caller[0].join();

    assertThat(thrown[0].reason()).isEqualTo(Reason.CANCELLED);
    assertThat(endOf(watched.jobId)).isEqualTo(JobState.JOB_STATE_CANCELLED);
  }

  @Test
  void oversample_WorkerKilled_GoesOnFromItsCheckpoint() {
    Watched watched = new Watched();
    watched.onEpoch =
        () -> {
          if (watched.attempts == 1 && watched.lastEpoch >= 50) {
            watched.onEpoch = () -> {};
            ProcessHandle.of(server.pid())
                .orElseThrow()
                .children()
                .forEach(ProcessHandle::destroyForcibly);
          }
        };

    AemloOptions options = FAST.toBuilder().epochs(4000).seed(3).build();
    OversamplingResult result = session.oversample(data, options, watched);

    assertThat(watched.attempts).isGreaterThanOrEqualTo(2);
    assertThat(result.newRows().rows()).isEqualTo(30);
  }

  @Test
  void oversample_EightThreadsOneRequest_TrainOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<OversamplingResult>> results = new ArrayList<>();
    AemloOptions options = FAST.toBuilder().epochs(60).seed(4).build();
    for (int thread = 0; thread < 8; thread++) {
      results.add(threads.submit(() -> session.oversample(data, options, ProgressListener.NONE)));
    }
    String job = results.get(0).get().summary().jobId();
    for (Future<OversamplingResult> result : results) {
      assertThat(result.get().summary().jobId()).isEqualTo(job);
      assertThat(Matrices.equal(result.get().newRows(), results.get(0).get().newRows())).isTrue();
    }
    threads.shutdown();
  }

  @Test
  void oversample_ServerKilledMidWay_SaysSoAndTheNextCallStartsAnother() {
    Watched watched = new Watched();
    watched.onEpoch =
        () -> {
          watched.onEpoch = () -> {};
          ProcessHandle.of(server.pid())
              .ifPresent(
                  process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                  });
        };

    assertThatThrownBy(() -> session.oversample(data, ENDLESS.toBuilder().seed(5).build(), watched))
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.reason()).isEqualTo(Reason.UNREACHABLE);
              assertThat(error.getMessage()).contains("has ended with code", "Run it again");
            });
    LocalServer another = LocalServer.get();
    assertThat(another.pid()).isNotEqualTo(server.pid());
    try (Session again =
        new Session(ServerSettings.builder().build(), another.address(), another::obituary)) {
      assertThat(again.oversample(data, FAST, ProgressListener.NONE).newRows().rows())
          .isEqualTo(30);
    }
  }

  /** Waits for the end of a job, as anybody may who knows its id. */
  private JobState endOf(String jobId) throws Exception {
    EventStream<WatchJobRequest, aemlo.client.v1.WatchJobResponse> events = new EventStream<>();
    JobServiceGrpc.newStub(session.channel())
        .watchJob(WatchJobRequest.newBuilder().setJobId(jobId).build(), events);
    try {
      while (events.next() != null) {
        // Goes on.
      }
    } catch (StatusException end) {
      assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
    }
    Job job =
        JobServiceGrpc.newBlockingV2Stub(session.channel())
            .getJob(aemlo.client.v1.GetJobRequest.newBuilder().setJobId(jobId).build())
            .getJob();
    return job.getState();
  }

  private static final class Watched implements ProgressListener {
    volatile Runnable onEpoch = () -> {};
    volatile String jobId = "";
    volatile int attempts;
    volatile int lastEpoch;

    @Override
    public void accepted(String id, long seed, boolean joined) {
      jobId = id;
    }

    @Override
    public void started(String device, int attempt, int resumedEpochs) {
      attempts = attempt;
    }

    @Override
    public void epoch(EpochProgress progress) {
      lastEpoch = progress.epoch();
      onEpoch.run();
    }
  }
}
