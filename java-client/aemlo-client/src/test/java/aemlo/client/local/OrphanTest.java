// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.AemloClient;
import aemlo.client.AemloOptions;
import aemlo.client.EpochProgress;
import aemlo.client.ProgressListener;
import aemlo.client.option.MinorityRule;
import aemlo.client.testing.Matrices;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server, in the middle of a training, whose JVM is killed. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrphanTest {
  @TempDir Path folder;

  @Test
  void jvm_KilledHardWhileItTrains_TakesServerAndWorkersAlong() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Scenario.class.getName())
            .redirectErrorStream(true)
            .start();
    assertThat(
            new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))
                .readLine())
        .isEqualTo("trains");
    List<ProcessHandle> family = jvm.toHandle().descendants().collect(Collectors.toList());
    assertThat(family).as("the server and its worker").hasSizeGreaterThanOrEqualTo(2);

    jvm.destroyForcibly().waitFor();

    for (ProcessHandle member : family) {
      member.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  /** What the other JVM does. */
  public static final class Scenario {
    private Scenario() {}

    public static void main(String[] args) {
      AemloOptions endless =
          AemloOptions.builder()
              .hidden(16)
              .latent(8)
              .epochs(1_000_000)
              .threads(1)
              .minorityRule(MinorityRule.ALL)
              .build();
      ProgressListener listener =
          new ProgressListener() {
            @Override
            public void epoch(EpochProgress progress) {
              if (progress.epoch() == 1) {
                System.out.println("trains");
              }
            }
          };
      AemloClient.local().oversample(Matrices.random(1, 60, 6, 4, false, false), endless, listener);
    }
  }
}
