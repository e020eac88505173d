// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs in JVMs of their own, with everything on the class path. */
final class Programs {
  private Programs() {}

  static String run(Path folder, String classPath, String mainClass, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DWEKA_HOME=" + folder.resolve("wekafiles"),
                "-Djava.awt.headless=true",
                "-cp",
                classPath,
                mainClass));
    command.addAll(List.of(arguments));
    Process program =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes());
    assertThat(program.waitFor()).as(said).isZero();
    return said;
  }
}
