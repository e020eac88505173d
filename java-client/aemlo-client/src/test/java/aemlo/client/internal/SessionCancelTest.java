// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.EpochProgress;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Jobs that nobody waits for any more. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionCancelTest extends ScriptedSession {
  @Test
  void oversample_Interrupted_CancelsTheJob() throws Exception {
    server.jobs.gate = new CountDownLatch(1);
    AemloException[] thrown = new AemloException[1];
    boolean[] stillInterrupted = new boolean[1];
    Thread caller =
        new Thread(
            () -> {
              thrown[0] =
                  catchThrowableOfType(
                      AemloException.class,
                      () -> session.oversample(data, SEEDED, ProgressListener.NONE));
              stillInterrupted[0] = Thread.currentThread().isInterrupted();
            });
    caller.start();
    server.jobs.started.await();

    caller.interrupt();
    caller.join();

    assertThat(thrown[0].reason()).isEqualTo(Reason.CANCELLED);
    assertThat(thrown[0]).hasMessageContaining("interrupted").hasMessageContaining("cancelled");
    assertThat(stillInterrupted[0]).isTrue();
    assertThat(server.jobs.byId.values())
        .allSatisfy(job -> assertThat(job.cancelled.getCount()).isZero());
  }

  /** As the Stop button of Weka's Explorer does it, where Java still can. */
  @Test
  @EnabledForJreRange(max = JRE.JAVA_19, disabledReason = "Thread.stop is gone")
  void oversample_ThreadStopped_CancelsTheJob() throws Exception {
    server.jobs.gate = new CountDownLatch(1);
    Thread caller = new Thread(() -> session.oversample(data, SEEDED, ProgressListener.NONE));
    // What the thread ends with depends on where it was stopped.
    caller.setUncaughtExceptionHandler((thread, end) -> {});
    caller.start();
    server.jobs.started.await();

    Thread.class.getMethod("stop").invoke(caller);
    caller.join();

    assertThat(server.jobs.byId.values())
        .hasSize(1)
        .allSatisfy(job -> assertThat(job.cancelled.getCount()).isZero());
  }

  @Test
  void oversample_ListenerThrows_CancelsTheJob() {
    server.jobs.gate = new CountDownLatch(1);
    ProgressListener broken =
        new ProgressListener() {
          @Override
          public void epoch(EpochProgress progress) {
            throw new IllegalStateException("the listener's own");
          }
        };

    assertThatThrownBy(() -> session.oversample(data, SEEDED, broken))
        .hasMessage("the listener's own");
    assertThat(server.jobs.byId.values())
        .allSatisfy(job -> assertThat(job.cancelled.getCount()).isZero());
  }

  @Test
  void oversample_OneOfTwoWaitersInterrupted_LetsTheJobRun() throws Exception {
    server.jobs.gate = new CountDownLatch(1);
    CountDownLatch bothAccepted = new CountDownLatch(2);
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void accepted(String jobId, long seed, boolean joined) {
            bothAccepted.countDown();
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<OversamplingResult> stays =
        thread.submit(() -> session.oversample(data, SEEDED, listener));
    Thread leaves =
        new Thread(
            () ->
                catchThrowableOfType(
                    AemloException.class, () -> session.oversample(data, SEEDED, listener)));
    leaves.start();
    bothAccepted.await();

    leaves.interrupt();
    leaves.join();
    server.jobs.gate.countDown();

    assertThat(stays.get().newRows().rows()).isEqualTo(7);
    assertThat(server.count("CancelJob")).isZero();
    thread.shutdown();
  }

  @Test
  void oversample_JobCancelledBySomebodyElse_RunsAnother() throws Exception {
    server.jobs.gate = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<OversamplingResult> result =
        thread.submit(() -> session.oversample(data, SEEDED, ProgressListener.NONE));
    server.jobs.started.await();
    server.jobs.byId.values().forEach(job -> job.cancelled.countDown());
    server.jobs.gate.countDown();

    assertThat(result.get().newRows().rows()).isEqualTo(7);
    thread.shutdown();
  }

  @Test
  void oversample_TimeIsUp_CancelsTheJobAndSaysSo() throws Exception {
    String name = UUID.randomUUID().toString();
    try (ScriptedServer slow = new ScriptedServer(InProcessServerBuilder.forName(name));
        Session hasty =
            session(name, ServerSettings.builder().timeout(Duration.ofSeconds(2)).build())) {
      slow.jobs.gate = new CountDownLatch(1);

      failure(
          () -> hasty.oversample(data, SEEDED, ProgressListener.NONE),
          Reason.TIMEOUT,
          "longer time");

      assertThat(slow.jobs.byId.values())
          .hasSize(1)
          .allSatisfy(
              job -> {
                assertThat(job.cancelled.getCount()).isZero();
                assertThat(job.request.getControl().getTimeLimit().getSeconds()).isEqualTo(2);
              });
    }
  }

  private static Integer get(Future<Integer> result) {
    try {
      return result.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException error) {
      throw new IllegalStateException(error);
    }
  }
}
