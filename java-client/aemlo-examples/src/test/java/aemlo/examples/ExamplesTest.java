// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples as a user runs them; against server processes that they start. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    SmallFiles.write(folder);
  }

  @Test
  void mulanExample_SmallData_GivesMeasures() throws Exception {
    assertThat(
            Programs.run(
                folder, CLASS_PATH, MulanExample.class.getName(), "mulan.arff", "mulan.xml"))
        .contains(
            "MLkNN alone",
            "MLkNN and AEMLO",
            "BR-J48 and AEMLO",
            "Macro-averaged F-Measure",
            "Macro-averaged AUC")
        .doesNotContain("SEVERE", "Exception");
  }

  @Test
  void mekaExample_SmallData_GivesMeasures() throws Exception {
    assertThat(Programs.run(folder, CLASS_PATH, MekaExample.class.getName(), "meka.arff"))
        .contains("Hamming score")
        .doesNotContain("Exception");
  }

  @Test
  void wekaExample_SmallData_GivesMeasures() throws Exception {
    assertThat(Programs.run(folder, CLASS_PATH, WekaExample.class.getName(), "weka.arff"))
        .contains("F-Measure", "rare")
        .doesNotContain("Exception");
  }
}
