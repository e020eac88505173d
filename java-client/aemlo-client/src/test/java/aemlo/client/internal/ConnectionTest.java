// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloClient;
import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.ServerSettings;
import aemlo.client.testing.Matrices;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionTest {
  @TempDir Path folder;

  @Test
  void plainText_LargeData_TravelsInBlocks() throws Exception {
    try (ScriptedServer server = serve(InsecureServerCredentials.create());
        AemloClient client = AemloClient.connect("127.0.0.1:" + server.port())) {
      var result =
          client.oversample(
              Matrices.random(1, 2000, 700, 20, false, false),
              AemloOptions.builder().num(41).seed(1).build());

      assertThat(result.newRows().rows()).isEqualTo(41);
    }
  }

  @Test
  void tls_AuthorityGiven_Connects() throws Exception {
    Certificates own = new Certificates(folder, "server");
    try (ScriptedServer server =
            serve(TlsServerCredentials.create(own.certificate.toFile(), own.key.toFile()));
        AemloClient client =
            AemloClient.open(
                ServerSettings.builder()
                    .address("https://localhost:" + server.port())
                    .trust(own.certificate)
                    .build())) {
      assertThat(client.serverInfo().version()).isEqualTo("9.8.7");
    }
  }

  @Test
  void tls_AuthorityUnknown_SaysWhatToGive() throws Exception {
    Certificates own = new Certificates(folder, "server");
    try (ScriptedServer server =
            serve(TlsServerCredentials.create(own.certificate.toFile(), own.key.toFile()));
        AemloClient client = AemloClient.connect("https://localhost:" + server.port())) {
      failure(client::serverInfo, Reason.UNAUTHENTICATED, "no TLS connection", "authority");
    }
  }

  @Test
  void tls_ClientCertificateWanted_IsShown() throws Exception {
    Certificates own = new Certificates(folder, "server");
    Certificates clients = new Certificates(folder, "client");
    ServerCredentials mutual =
        TlsServerCredentials.newBuilder()
            .keyManager(own.certificate.toFile(), own.key.toFile())
            .trustManager(clients.certificate.toFile())
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
            .build();
    try (ScriptedServer server = serve(mutual)) {
      ServerSettings.Builder settings =
          ServerSettings.builder()
              .address("https://localhost:" + server.port())
              .trust(own.certificate);
      try (AemloClient stranger = AemloClient.open(settings.build())) {
        assertThatThrownBy(stranger::serverInfo)
            .isInstanceOf(AemloException.class)
            .hasMessageContaining("localhost");
      }
      try (AemloClient known =
          AemloClient.open(settings.clientCertificate(clients.certificate, clients.key).build())) {
        assertThat(known.serverInfo().version()).isEqualTo("9.8.7");
      }
    }
  }

  @Test
  void token_FromFile_IsSentAndAWrongOneExplained() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    try (ScriptedServer server = serve(InsecureServerCredentials.create())) {
      server.requireToken("secret");
      ServerSettings.Builder settings =
          ServerSettings.builder().address("127.0.0.1:" + server.port());
      try (AemloClient client = AemloClient.open(settings.build())) {
        failure(client::serverInfo, Reason.UNAUTHENTICATED, "No token was sent", "no token");
      }
      try (AemloClient client = AemloClient.open(settings.tokenFromFile(token).build())) {
        assertThat(client.serverInfo().tenant()).isEqualTo("default");
      }
      Files.writeString(token, "other");
      try (AemloClient client = AemloClient.open(settings.build())) {
        failure(client::serverInfo, Reason.UNAUTHENTICATED, token.toString(), "unknown token");
      }
    }
  }

  @Test
  void open_SettingsThatCannotBe_SayWhy() {
    ServerSettings.Builder remote = ServerSettings.builder().address("http://192.0.2.1:50051");
    failure(
        () -> AemloClient.open(remote.tokenFromEnvironment("PATH").build()),
        Reason.INVALID_ARGUMENT,
        "plain text",
        "https://");
    failure(
        () -> AemloClient.open(remote.tokenFromEnvironment("AEMLO_NO_SUCH_VARIABLE").build()),
        Reason.INVALID_ARGUMENT,
        "AEMLO_NO_SUCH_VARIABLE");
    failure(
        () ->
            AemloClient.open(
                ServerSettings.builder()
                    .address("h:1")
                    .tokenFromFile(folder.resolve("none"))
                    .build()),
        Reason.INVALID_ARGUMENT,
        "none",
        "cannot be read");
    for (String address :
        new String[] {"server", "ftp://server:1", "http://server:1/path", "a b:1", "server:port"}) {
      failure(
          () -> AemloClient.connect(address),
          Reason.INVALID_ARGUMENT,
          "'" + address + "' is no address");
    }
  }

  @Test
  void serverInfo_NothingListens_SaysHowToStart() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (AemloClient client = AemloClient.connect("127.0.0.1:" + port)) {
      failure(
          client::serverInfo, Reason.UNREACHABLE, "127.0.0.1:" + port, "refused", "aemlo serve");
    }
  }

  @Test
  void serverInfo_ListenerThatNeverAnswers_EndsInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        AemloClient client =
            AemloClient.open(
                ServerSettings.builder()
                    .address("127.0.0.1:" + mute.getLocalPort())
                    .connectTimeout(Duration.ofSeconds(2))
                    .build())) {
      failure(client::serverInfo, Reason.UNREACHABLE, "within 2.0 s");
    }
  }

  @Test
  void serverInfo_OtherServerThere_SaysThatItIsNone() throws Exception {
    var empty =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .build()
            .start();
    try (AemloClient client = AemloClient.connect("127.0.0.1:" + empty.getPort())) {
      failure(client::serverInfo, Reason.INCOMPATIBLE, "too old", "no aemlo server");
    } finally {
      empty.shutdownNow();
    }
  }

  @Test
  void shared_EqualSettings_IsOneClient() {
    ServerSettings.Builder settings = ServerSettings.builder().address("127.0.0.1:1");

    assertThat(AemloClient.shared(settings.build())).isSameAs(AemloClient.shared(settings.build()));
    assertThat(AemloClient.shared(settings.build()))
        .isNotSameAs(AemloClient.shared(settings.timeout(Duration.ofSeconds(9)).build()));
  }

  private static ScriptedServer serve(ServerCredentials credentials) throws Exception {
    return new ScriptedServer(
        OkHttpServerBuilder.forPort(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials));
  }

  private static void failure(Runnable call, Reason reason, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.getMessage()).contains(words);
              assertThat(error.reason()).isEqualTo(reason);
            });
  }
}
