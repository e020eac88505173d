// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aemlo.client.AemloClient;
import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.option.MinorityRule;
import aemlo.client.testing.Matrices;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What server processes refuse by their settings, and what a user reads of it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealRefusalsTest {
  private static final AemloOptions FAST =
      AemloOptions.builder()
          .hidden(16)
          .latent(8)
          .epochs(2)
          .threads(1)
          .minorityRule(MinorityRule.ALL)
          .num(10)
          .seed(1)
          .build();

  @TempDir Path folder;
  private final List<Reason> ends = new CopyOnWriteArrayList<>();
  private final MultiLabelMatrix data = Matrices.random(1, 60, 6, 4, false, false);

  @Test
  void token_WrongOrMissing_SaysWhereItCameFromAndWhatToDo() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("right".getBytes(StandardCharsets.UTF_8));
    Path tokens =
        Files.writeString(
            folder.resolve("tokens"), String.format("lab:%064x%n", new BigInteger(1, hash)));
    Path token = Files.writeString(folder.resolve("token"), "wrong\n");
    try (ServerProcess server = new ServerProcess(folder, "--tokens", tokens.toString())) {
      ServerSettings.Builder settings = ServerSettings.builder().address(server.address());
      try (AemloClient client = AemloClient.open(settings.build())) {
        refused(client, "does not let this client in", "No token was sent");
      }
      try (AemloClient client = AemloClient.open(settings.tokenFromFile(token).build())) {
        refused(client, "does not let this client in", token.toString());
      }
      Files.writeString(token, "right\n");
      try (AemloClient client = AemloClient.open(settings.build())) {
        assertThat(client.serverInfo().tenant()).isEqualTo("lab");
        assertThat(client.oversample(data, FAST).newRows().rows()).isEqualTo(10);
      }
    }
  }

  @Test
  void queue_Full_IsAskedAgainUntilThereIsRoom() throws Exception {
    CountDownLatch accepted = new CountDownLatch(2);
    CountDownLatch waiting = new CountDownLatch(1);
    List<Thread> endless = new ArrayList<>();
    try (ServerProcess server =
            new ServerProcess(folder, "--devices", "cpu", "--max-queued-jobs", "1");
        AemloClient client = AemloClient.connect(server.address())) {
      // One job runs, then another waits: the queue is full.
      CountDownLatch runs = new CountDownLatch(1);
      endless.add(endless(client, 2, accepted, runs));
      runs.await();
      endless.add(endless(client, 3, accepted, new CountDownLatch(1)));
      accepted.await();
      Thread stopper =
          new Thread(
              () -> {
                try {
                  waiting.await();
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
                endless.forEach(Thread::interrupt);
              });
      stopper.start();

      int rows =
          client
              .oversample(
                  data,
                  FAST,
                  new ProgressListener() {
                    @Override
                    public void waiting(String why) {
                      waiting.countDown();
                    }
                  })
              .newRows()
              .rows();

      assertThat(rows).isEqualTo(10);
      assertThat(waiting.getCount()).as("it was told to wait").isZero();
      for (Thread thread : endless) {
        thread.join();
      }
      stopper.join();
      assertThat(ends).containsExactly(Reason.CANCELLED, Reason.CANCELLED);
    }
  }

  @Test
  void dataSet_BeyondTheLimit_SaysThatWaitingDoesNotHelp() throws Exception {
    try (ServerProcess server = new ServerProcess(folder, "--max-rows", "50");
        AemloClient client = AemloClient.connect(server.address())) {
      assertThatThrownBy(() -> client.oversample(data, FAST))
          .isInstanceOf(AemloException.class)
          .hasMessageContaining("60")
          .hasMessageContaining("50");
    }
  }

  private Thread endless(
      AemloClient client, long seed, CountDownLatch accepted, CountDownLatch runs) {
    AemloOptions options = FAST.toBuilder().epochs(1_000_000).seed(seed).build();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void accepted(String jobId, long drawn, boolean joined) {
            accepted.countDown();
          }

          @Override
          public void started(String device, int attempt, int resumedEpochs) {
            runs.countDown();
          }
        };
    Thread thread =
        new Thread(
            () ->
                ends.add(
                    catchThrowableOfType(
                            AemloException.class, () -> client.oversample(data, options, listener))
                        .reason()));
    thread.start();
    return thread;
  }

  private static void refused(AemloClient client, String... words) {
    assertThatThrownBy(client::serverInfo)
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> assertThat(error.reason()).isEqualTo(Reason.UNAUTHENTICATED))
        .hasMessageContainingAll(words);
  }
}
