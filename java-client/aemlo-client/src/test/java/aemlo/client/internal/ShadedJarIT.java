// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar that users get. */
class ShadedJarIT {
  private static final Path JAR = Path.of(System.getProperty("aemlo.jar"));

  @Test
  void jar_Classes_AreAllOurs() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(name -> name.endsWith(".class"))
                  .filter(name -> !name.startsWith("aemlo/client/"))
                  .collect(Collectors.toList()))
          .isEmpty();
      assertThat(
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                  .collect(Collectors.toList()))
          .contains(
              "META-INF/services/aemlo.client.shaded.grpc.NameResolverProvider",
              "META-INF/services/aemlo.client.shaded.grpc.LoadBalancerProvider")
          .allSatisfy(
              name -> assertThat(name).startsWith("META-INF/services/aemlo.client.shaded."));
    }
  }

  @Test
  void jar_Licences_AreInside() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry("META-INF/aemlo-client/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/aemlo-client/THIRD-PARTY")).isNotNull();
    }
  }

  @Test
  void jar_Size_IsFitForDownload() {
    assertThat(JAR.toFile().length()).isBetween(1L << 20, 12L << 20);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void jar_AloneOnTheClassPath_UploadsTrainsAndGetsRows() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ScriptedServer server =
        new ScriptedServer(
            OkHttpServerBuilder.forPort(anyPort, InsecureServerCredentials.create()))) {
      Process doctor =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-jar",
                  JAR.toString(),
                  "--server",
                  "127.0.0.1:" + server.port())
              .redirectErrorStream(true)
              .start();
      String said = new String(doctor.getInputStream().readAllBytes());

      assertThat(said)
          .contains(
              "server 9.8.7",
              "methods: aemlo, lpros, ",
              "device cpu: a CPU, 1024 MiB",
              "a small training on cpu made 10 rows",
              "all is well");
      assertThat(doctor.waitFor()).isZero();
    }
  }
}
