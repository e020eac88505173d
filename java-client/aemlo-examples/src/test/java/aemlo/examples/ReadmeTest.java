// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of README.md and of java-client/README.md, used as they stand there. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadmeTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    SmallFiles.write(folder);
  }

  @Test
  void snippets_OfTheReadme_AreOneForEachHost() throws Exception {
    assertThat(snippets().keySet()).containsExactly("Mulan", "MEKA", "Weka");
  }

  @Test
  void mulanSnippet_AsItStands_Runs() throws Exception {
    assertThat(run("Mulan")).contains("Macro-averaged F-Measure").doesNotContain("SEVERE");
  }

  @Test
  void mekaSnippet_AsItStands_Runs() throws Exception {
    assertThat(run("MEKA")).contains("Hamming score");
  }

  @Test
  void wekaSnippet_AsItStands_Runs() throws Exception {
    assertThat(run("Weka")).contains("F-Measure");
  }

  @Test
  void snippetsOfTheClientsReadme_AsTheyStand_Run() throws Exception {
    Matcher java = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(clientsReadme());
    int snippets = 0;
    for (; java.find(); snippets++) {
      assertThat(runSnippet(java.group(1))).isEmpty();
    }
    assertThat(snippets).isPositive();
  }

  @Test
  void dependencyOfTheClientsReadme_AsItStands_IsAModuleOfThisVersion() throws Exception {
    String group = "<groupId>io.github.aemlobridge</groupId>\\s*";
    Matcher found =
        Pattern.compile(group + "<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
            .matcher(clientsReadme());

    assertThat(found.find()).isTrue();
    assertThat(Path.of("..", found.group(1), "pom.xml")).exists();
    assertThat(found.group(2)).isEqualTo(System.getProperty("aemlo.version"));
    assertThat(clientsReadme())
        .contains("aemlo-client-" + found.group(2) + ".jar", "aemlo-" + found.group(2) + "-weka");
  }

  private static String clientsReadme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }

  private String run(String host) throws Exception {
    return runSnippet(snippets().get(host));
  }

  private String runSnippet(String snippet) throws Exception {
    List<String> imports =
        snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.toList());
    List<String> body =
        snippet.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.toList());
    Path source =
        Files.writeString(
            folder.resolve("Snippet.java"),
            String.join("\n", imports)
                + "\npublic class Snippet {\n  public static void main(String[] args) throws Exception {\n"
                + String.join("\n", body)
                + "\n  }\n}\n");
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(compiled).as("the compiler's exit code").isZero();
    return Programs.run(folder, folder + java.io.File.pathSeparator + classPath, "Snippet");
  }

  /** By the name of the host that the heading above each names. */
  private static Map<String, String> snippets() throws Exception {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    Matcher found =
        Pattern.compile("### From (\\w+)\n.*?```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    Map<String, String> snippets = new LinkedHashMap<>();
    while (found.find()) {
      snippets.put(found.group(1), found.group(2));
    }
    return snippets;
  }
}
