// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** With a script in place of the server, in JVMs of their own. */
@DisabledOnOs(value = WINDOWS, disabledReason = "the stand-in is a shell script")
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalServerTest {
  private static final String SERVES =
      "echo $$ > \"$(dirname \"$0\")/pid\"\necho \"$@\" > \"$(dirname \"$0\")/arguments\"\n"
          + "echo 'listening on http://127.0.0.1:4321'\nexec cat > /dev/null\n";

  @TempDir Path folder;

  @Test
  void get_Twice_StartsOneServerWithTheRightArguments() throws Exception {
    List<String> said = run(SERVES, "twice").finish();

    assertThat(said).containsExactly("http://127.0.0.1:4321", "http://127.0.0.1:4321");
    String arguments = Files.readString(folder.resolve("arguments")).trim();
    assertThat(arguments)
        .startsWith("serve --listen 127.0.0.1:0 --stop-with-parent --drain-seconds 0 --data ");
    assertThat(Path.of(arguments.substring(arguments.lastIndexOf(' ') + 1)))
        .as("the server's folder")
        .doesNotExist();
    awaitEnd(pid());
  }

  @Test
  void jvm_KilledHard_TakesTheServerAlong() throws Exception {
    Child jvm = run(SERVES, "hang");
    assertThat(jvm.readLine()).isEqualTo("http://127.0.0.1:4321");
    ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();

    jvm.process.destroyForcibly().waitFor();

    server.onExit().get(60, TimeUnit.SECONDS);
    ServerFolder.removeOrphans(folder);
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("aemlo-jvm-"));
    }
  }

  @Test
  void get_ServerThatDies_SaysWhatItSaid() throws Exception {
    assertThat(run("echo 'cannot load libtorch' >&2\nexit 3\n", "once").finish().get(0))
        .contains("LOCAL_SERVER", "code 3", "cannot load libtorch", "aemlo doctor");
  }

  @Test
  void get_ServerThatDiesAndLeavesAProcessBehind_IsNotWaitedFor() throws Exception {
    assertThat(run("sleep 170 &\necho 'gone' >&2\nexit 3\n", "once").finish().get(0))
        .contains("LOCAL_SERVER", "code 3");
  }

  @Test
  void get_ServerDiedMeanwhile_StartsAnother() throws Exception {
    List<String> said = run(SERVES, "kill").finish();

    assertThat(said.get(0)).isNotEqualTo(said.get(1));
    awaitEnd(pid());
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).trim());
  }

  private static void awaitEnd(long pid) throws Exception {
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(60, TimeUnit.SECONDS);
    }
  }

  private Child run(String script, String scenario) throws IOException {
    Path program = Files.writeString(folder.resolve("aemlo"), "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder jvm =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Scenario.class.getName(),
            scenario);
    jvm.environment().put("AEMLO_HOME", folder.toString());
    return new Child(jvm.redirectErrorStream(true).start());
  }

  /** A JVM and what it says. */
  private static final class Child {
    final Process process;
    private final java.io.BufferedReader lines;

    Child(Process process) {
      this.process = process;
      lines =
          new java.io.BufferedReader(
              new java.io.InputStreamReader(
                  process.getInputStream(), java.nio.charset.StandardCharsets.UTF_8));
    }

    String readLine() throws IOException {
      return lines.readLine();
    }

    List<String> finish() throws IOException, InterruptedException {
      List<String> said = new ArrayList<>();
      for (String line = readLine(); line != null; line = readLine()) {
        said.add(line);
      }
      process.waitFor();
      return said;
    }
  }

  /** What the other JVM does. */
  public static final class Scenario {
    public static void main(String[] args) throws Exception {
      try {
        LocalServer server = LocalServer.get();
        switch (args[0]) {
          case "twice":
            System.out.println(server.address());
            System.out.println(LocalServer.get().address());
            break;
          case "kill":
            System.out.println(server.pid());
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            ProcessHandle.of(server.pid()).ifPresent(process -> process.onExit().join());
            System.out.println(LocalServer.get().pid());
            break;
          default:
            System.out.println(server.address());
            Thread.sleep(Long.MAX_VALUE);
        }
      } catch (aemlo.client.AemloException error) {
        System.out.println(error.reason() + " " + error.getMessage());
      }
    }
  }
}
