// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/** The aemlo command, against which the filter is held. */
public final class Command {
  private Command() {}

  /** What `aemlo oversample` makes of the data, with options as the filter spells them. */
  public static Instances oversample(Path folder, Instances data, String options) throws Exception {
    Path given = Files.writeString(folder.resolve("given.arff"), data.toString());
    Path made = folder.resolve("made.arff");
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        System.getenv("AEMLO_HOME") + File.separator + "aemlo",
        "oversample",
        given.toString(),
        "-o",
        made.toString(),
        "--force");
    for (String word : options.split(" ")) {
      command.add(word.startsWith("-") ? "-" + word : word);
    }
    Process aemlo = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(aemlo.getInputStream().readAllBytes());
    assertThat(aemlo.waitFor()).as(said).isZero();
    return DataSource.read(made.toString());
  }

  /** Fails unless both have the same rows in the same order, to the last bit. */
  public static void assertSameRows(Instances actual, Instances expected) {
    assertThat(actual.numInstances()).isEqualTo(expected.numInstances());
    for (int row = 0; row < actual.numInstances(); row++) {
      for (int attribute = 0; attribute < actual.numAttributes(); attribute++) {
        assertThat(
                Double.compare(
                    actual.instance(row).value(attribute), expected.instance(row).value(attribute)))
            .as("row %d, attribute %d", row, attribute)
            .isZero();
      }
    }
  }
}
