// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AemloProgramTest {
  @TempDir Path folder;

  @Test
  void find_HomeWithProgram_TakesItFromThereOrItsBin() throws IOException {
    Path flat = program(folder.resolve("flat home"), "aemlo");
    Path nested = program(folder.resolve("nested/bin"), "aemlo");

    assertThat(find("AEMLO_HOME", flat.getParent().toString(), "Linux")).isEqualTo(flat);
    assertThat(find("AEMLO_HOME", folder.resolve("nested").toString(), "Linux")).isEqualTo(nested);
    assertThat(find("AEMLO_HOME", flat.toString(), "Linux")).isEqualTo(flat);
  }

  @Test
  void find_OnThePath_TakesTheFirst() throws IOException {
    Path first = program(folder.resolve("one"), "aemlo");
    program(folder.resolve("two"), "aemlo");
    String path =
        String.join(
            File.pathSeparator,
            folder.resolve("none").toString(),
            "",
            folder.resolve("one").toString(),
            folder.resolve("two").toString());

    assertThat(find("PATH", path, "Linux")).isEqualTo(first);
  }

  @Test
  void find_OnWindows_LooksForTheExe() throws IOException {
    Path exe = program(folder, "aemlo.exe");
    program(folder.resolve("other"), "aemlo");

    assertThat(find("Path", folder.resolve("other") + File.pathSeparator + folder, "Windows 11"))
        .isEqualTo(exe);
  }

  @Test
  void find_Nowhere_SaysHowToInstall() {
    assertThatThrownBy(() -> find("PATH", folder.toString(), "Linux"))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("on the PATH")
        .hasMessageContaining("make install")
        .hasMessageContaining("AEMLO_HOME");
    assertThatThrownBy(() -> find("AEMLO_HOME", folder.toString(), "Linux"))
        .hasMessageContaining(folder.toString());
  }

  private static Path find(String variable, String value, String system) {
    return AemloProgram.find(Map.of(variable, value), system);
  }

  private static Path program(Path folder, String name) throws IOException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve(name), "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
