// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * The zip for Weka's package manager, installed in a fresh home, with Weka alone on the class path.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WekaPackageIT {
  private static final String PACKAGE = System.getProperty("aemlo.package");

  @TempDir Path folder;

  @Test
  void zip_Content_IsWhatThePackageManagerWants() throws Exception {
    try (ZipFile zip = new ZipFile(PACKAGE)) {
      List<String> names =
          zip.stream()
              .map(entry -> entry.getName())
              .filter(name -> !name.endsWith("/"))
              .collect(Collectors.toList());
      assertThat(names).contains("Description.props", "aemlo.jar", "LICENSE", "doc/README.txt");
      assertThat(names)
          .filteredOn(name -> name.startsWith("lib/"))
          .hasSize(2)
          .allSatisfy(name -> assertThat(name).matches("lib/aemlo-(client|instances)-.*\\.jar"));
    }
  }

  @Test
  void description_OfThePackage_HasThisVersionAndNoPlaceholder() throws Exception {
    Properties description = new Properties();
    try (ZipFile zip = new ZipFile(PACKAGE)) {
      description.load(zip.getInputStream(zip.getEntry("Description.props")));
    }

    assertThat(description.getProperty("Version"))
        .matches("[0-9]+\\.[0-9]+\\.[0-9]+")
        .isEqualTo(System.getProperty("aemlo.version").replace("-SNAPSHOT", ""));
    assertThat(description.values())
        .allSatisfy(value -> assertThat(value.toString()).isNotBlank().doesNotContain("${", "://"));
    assertThat(description.stringPropertyNames())
        .contains("PackageName", "Title", "Author", "Maintainer", "License", "Description");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weka-dev", "weka-stable"})
  void package_InstalledOffline_FiltersFromWekasCommandLine(String line) throws Exception {
    Path home = Files.createDirectory(folder.resolve("weka home"));
    Path data = Files.writeString(folder.resolve("data.arff"), TestData.meka(60, false).toString());
    Path made = folder.resolve("made.arff");
    String[] install = {"weka.core.WekaPackageManager", "-offline", "-install-package", PACKAGE};
    String[] list = {"weka.core.WekaPackageManager", "-offline", "-list-packages", "installed"};

    assertThat(weka(line, home, install)).doesNotContain("Exception");
    // By its bare name Weka finds it as its menus do.
    List<String> filter =
        new ArrayList<>(
            List.of(
                "weka.Run", "AEMLO", "-i", data.toString(), "-o", made.toString(), "-num", "10"));
    filter.addAll(List.of(TestData.FAST.split(" ")));
    String said = weka(line, home, filter.toArray(new String[0]));

    assertThat(home.resolve("packages/aemlo/Description.props")).exists();
    assertThat(made).as(said).exists();
    Instances read = DataSource.read(made.toString());
    assertThat(read.numInstances()).isEqualTo(70);
    assertThat(weka(line, home, list)).contains("aemlo");
  }

  private static String weka(String line, Path home, String... arguments) throws Exception {
    String weka =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                jar ->
                    !jar.contains("aemlo")
                        && !jar.contains("meka")
                        && !jar.contains("mulan")
                        && !jar.contains("grpc")
                        && !jar.contains("protobuf")
                        && !jar.contains("guava"))
            .filter(jar -> jar.endsWith(".jar"))
            .map(
                jar ->
                    jar.contains("weka-dev") && line.equals("weka-stable")
                        ? System.getProperty("weka.stable")
                        : jar)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DWEKA_HOME=" + home,
                "-Djava.awt.headless=true",
                "-Dweka.packageManager.offline=true",
                "-cp",
                weka));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
