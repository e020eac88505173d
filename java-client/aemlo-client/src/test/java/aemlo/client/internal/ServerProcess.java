// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An aemlo server with settings of its own; ends with the test. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final String address;

  ServerProcess(Path folder, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getenv("AEMLO_HOME"), "aemlo").toString(),
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--stop-with-parent",
                "--drain-seconds",
                "0",
                "--data",
                folder.resolve("server").toString()));
    command.addAll(List.of(settings));
    process =
        new ProcessBuilder(command).redirectError(folder.resolve("server.log").toFile()).start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null || !line.startsWith("listening on ")) {
      close();
      throw new IOException("the server said '" + line + "'; see " + folder + "/server.log");
    }
    address = line.substring("listening on ".length());
  }

  String address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
