// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.EpochProgress;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.testing.Matrices;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionTest extends ScriptedSession {
  @Test
  void oversample_DenseAndSparse_GivesTheRowsThatTheServerMade() {
    for (boolean sparse : new boolean[] {false, true}) {
      MultiLabelMatrix rows = Matrices.random(4, 30, 8, 11, sparse, sparse);

      OversamplingResult result =
          session.oversample(
              rows, AemloOptions.builder().num(33).seed(1).build(), ProgressListener.NONE);

      assertThat(result.newRows().rows()).isEqualTo(33);
      assertThat(result.keptRows()).isNull();
      for (int row = 0; row < 33; row++) {
        assertThat(result.seedRow(row)).isEqualTo(row % 30);
        assertThat(result.neighbourRow(row)).isEqualTo(row % 30 - 1);
        for (int feature = 0; feature < 8; feature++) {
          assertThat(
                  Double.compare(
                      result.newRows().value(row, feature), rows.value(row % 30, feature)))
              .isZero();
        }
        assertThat(result.newRows().weight(row)).isEqualTo(rows.weight(row % 30));
      }
      assertThat(result.summary().warnings()).containsExactly("a warning");
      assertThat(result.summary().device()).isEqualTo("cpu");
    }
  }

  @Test
  void oversample_Twice_SendsAndTrainsOnce() {
    OversamplingResult first = session.oversample(data, SEEDED, ProgressListener.NONE);
    OversamplingResult second = session.oversample(data, SEEDED, ProgressListener.NONE);

    assertThat(server.count("UploadDataset")).isEqualTo(1);
    assertThat(server.count("GetServerInfo")).isEqualTo(1);
    assertThat(first.summary().reused()).isFalse();
    assertThat(second.summary().reused()).isTrue();
    assertThat(second.summary().jobId()).isEqualTo(first.summary().jobId());
  }

  @Test
  void oversample_OtherSeedOrNoSeed_IsAnotherJob() {
    session.oversample(data, SEEDED, ProgressListener.NONE);
    session.oversample(data, SEEDED.toBuilder().seed(4).build(), ProgressListener.NONE);
    session.oversample(data, AemloOptions.defaults(), ProgressListener.NONE);
    session.oversample(data, AemloOptions.defaults(), ProgressListener.NONE);

    assertThat(server.jobs.byId).hasSize(4);
    assertThat(server.datasets).hasSize(1);
  }

  @Test
  void oversample_Progress_IsToldInOrder() {
    List<String> told = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void uploaded(int rows, int of) {
            told.add("uploaded " + rows + "/" + of);
          }

          @Override
          public void accepted(String jobId, long seed, boolean joined) {
            told.add("accepted " + seed);
          }

          @Override
          public void queued(int position) {
            told.add("queued " + position);
          }

          @Override
          public void started(String device, int attempt, int resumedEpochs) {
            told.add("started " + device);
          }

          @Override
          public void epoch(EpochProgress progress) {
            told.add("epoch " + progress.epoch() + "/" + progress.epochs());
          }
        };

    session.oversample(data, SEEDED, listener);

    assertThat(told)
        .containsExactly(
            "uploaded 20/20",
            "accepted 7",
            "queued 1",
            "started cpu",
            "epoch 1/3",
            "epoch 2/3",
            "epoch 3/3");
  }

  @Test
  void oversample_QueueFull_WaitsAsLongAsTheServerAsks() {
    server.fail(
        "Oversample",
        ScriptedServer.error(
            Status.Code.RESOURCE_EXHAUSTED,
            "the queue is full",
            ScriptedServer.reason("QUEUE_FULL"),
            ScriptedServer.retryAfterMillis(300)));
    List<String> told = new ArrayList<>();
    long begin = System.nanoTime();

    session.oversample(data, SEEDED, waiting(told));

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(told).containsExactly("the queue is full");
  }

  @Test
  void oversample_QueueFullForLongerThanTheTimeout_FailsAtOnce() {
    session.close();
    String name = UUID.randomUUID().toString();
    try (ScriptedServer busy = new ScriptedServer(InProcessServerBuilder.forName(name));
        Session hasty =
            session(name, ServerSettings.builder().timeout(Duration.ofSeconds(30)).build())) {
      busy.fail(
          "Oversample",
          ScriptedServer.error(
              Status.Code.RESOURCE_EXHAUSTED,
              "the queue is full",
              com.google.rpc.RetryInfo.newBuilder()
                  .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(60))
                  .build()));

      failure(
          () -> hasty.oversample(data, SEEDED, ProgressListener.NONE),
          Reason.EXHAUSTED,
          "the queue is full",
          "try again later");
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void oversample_TooBigForTheServer_SaysThatWaitingDoesNotHelp() {
    server.fail(
        "Oversample",
        ScriptedServer.error(
            Status.Code.RESOURCE_EXHAUSTED,
            "the job would need 9 GiB",
            ScriptedServer.reason("JOB_TOO_BIG")));

    failure(
        () -> session.oversample(data, SEEDED, ProgressListener.NONE),
        Reason.EXHAUSTED,
        "9 GiB",
        "Waiting does not help");
  }

  @Test
  void oversample_JobFails_SaysWhy() {
    server.jobs.breakWith =
        ScriptedServer.error(
            Status.Code.INVALID_ARGUMENT,
            "the loss left the range of numbers; lower learning-rate",
            ScriptedServer.reason("JOB_FAILED"));
    server.jobs.breakAfterRowMessages = 0;

    failure(
        () -> session.oversample(data, SEEDED, ProgressListener.NONE),
        Reason.INVALID_ARGUMENT,
        "lower learning-rate");
  }

  @Test
  void oversample_EqualJobFailedEarlier_RunsAnother() {
    server.jobs.breakWith =
        ScriptedServer.error(
            Status.Code.INTERNAL,
            "the worker was lost twice",
            ScriptedServer.reason("WORKER_LOST"));
    server.jobs.breakAfterRowMessages = 0;
    failure(
        () -> session.oversample(data, SEEDED, ProgressListener.NONE), Reason.FAILED, "lost twice");
    server.jobs.breakAfterRowMessages = 0;

    assertThat(session.oversample(data, SEEDED, ProgressListener.NONE).newRows().rows())
        .isEqualTo(7);
    assertThat(server.jobs.byId).hasSize(2);
  }

  @Test
  void oversample_EightThreads_EachGetsItsOwnRows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> results = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int rows = 5 + thread;
      results.add(
          threads.submit(
              () ->
                  session
                      .oversample(
                          Matrices.random(rows, rows, 5, 3, false, false),
                          AemloOptions.builder().num(rows).seed(1).build(),
                          ProgressListener.NONE)
                      .newRows()
                      .rows()));
    }
    Set<Integer> counts = results.stream().map(SessionTest::get).collect(Collectors.toSet());
    threads.shutdown();

    assertThat(counts).containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10, 11, 12);
  }

  private static Integer get(Future<Integer> result) {
    try {
      return result.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException error) {
      throw new IllegalStateException(error);
    }
  }

  private static ProgressListener waiting(List<String> told) {
    return new ProgressListener() {
      @Override
      public void waiting(String why) {
        told.add(why);
      }
    };
  }
}
