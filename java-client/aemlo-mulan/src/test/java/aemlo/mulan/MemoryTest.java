// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.AemloOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mulan.data.MultiLabelInstances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import weka.core.DenseInstance;
import weka.core.Instances;

/** bibtex with dense rows, 7,395 x 1,995 cells or 118 MB, with room for two copies beside it. */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryTest {
  @TempDir Path folder;

  @Test
  void oversample_DenseBibtexInThreeTimesItsSize_Fits() throws Exception {
    Experiments.require("bibtex");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx354m",
                "-DWEKA_HOME=" + folder,
                "-Daemlo.datasets=" + System.getProperty("aemlo.datasets"),
                "-cp",
                System.getProperty("java.class.path"),
                Scenario.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(jvm.getInputStream().readAllBytes());

    assertThat(jvm.waitFor()).as(said).isZero();
    assertThat(said).contains("7395 rows became 9613");
  }

  /** What the other JVM does. */
  public static final class Scenario {
    private Scenario() {}

    public static void main(String[] args) throws Exception {
      MultiLabelInstances data = dense(Experiments.read("bibtex"));
      AemloOptions options = AemloOptions.builder().hidden(16).latent(8).epochs(1).seed(1).build();
      MultiLabelInstances more = new AemloOversampler(options).oversample(data);
      System.out.println(data.getNumInstances() + " rows became " + more.getNumInstances());
    }

    private static MultiLabelInstances dense(MultiLabelInstances sparse) throws Exception {
      Instances rows = new Instances(sparse.getDataSet(), sparse.getNumInstances());
      sparse.getDataSet().forEach(row -> rows.add(new DenseInstance(1, row.toDoubleArray())));
      return sparse.reintegrateModifiedDataSet(rows);
    }
  }
}
