// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.ServerSettings;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.testing.Matrices;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A session with a scripted server in this process, anew for each test. */
abstract class ScriptedSession {
  static final AemloOptions SEEDED = AemloOptions.builder().num(7).seed(3).build();

  final MultiLabelMatrix data = Matrices.random(1, 20, 6, 4, false, true);
  ScriptedServer server;
  Session session;

  @BeforeEach
  void start() throws Exception {
    String name = UUID.randomUUID().toString();
    server = new ScriptedServer(InProcessServerBuilder.forName(name));
    session =
        session(
            name,
            ServerSettings.builder()
                .address("scripted:1")
                .reconnectTimeout(Duration.ofSeconds(20))
                .build());
  }

  static Session session(String name, ServerSettings settings) {
    return new Session(
        settings,
        "scripted:1",
        () -> null,
        InProcessChannelBuilder.forName(name).intercept(Connection.headers("")).build());
  }

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  static void failure(Runnable call, Reason reason, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.getMessage()).contains(words);
              assertThat(error.reason()).isEqualTo(reason);
            });
  }
}
