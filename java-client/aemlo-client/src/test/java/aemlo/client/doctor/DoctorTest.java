// SPDX-License-Identifier: Apache-2.0
package aemlo.client.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void run_UnknownOption_ShowsTheUsage() {
    assertThat(run("--sever", "x")).isEqualTo(2);
    assertThat(text()).contains("'--sever' is no option", "usage:", "--token-file");
  }

  @Test
  void run_OptionWithoutValue_ShowsTheUsage() {
    assertThat(run("--server")).isEqualTo(2);
    assertThat(text()).contains("its value is missing");
  }

  @Test
  void run_NoServerThere_SaysWhatToDo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThat(run("--server", "127.0.0.1:" + port)).isEqualTo(1);
    assertThat(text())
        .contains(
            "ok    Java " + System.getProperty("java.version"), "FAIL", "aemlo serve", "1 problem");
  }

  private int run(String... args) {
    return new Doctor(new PrintStream(out, true, StandardCharsets.UTF_8)).run(args);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
