// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.ServerSettings;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Opens channels. */
final class Connection {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> PROTOCOL =
      Metadata.Key.of("aemlo-protocol", Metadata.ASCII_STRING_MARSHALLER);

  /** A report names where every new row came from, so it grows with them. */
  private static final int LARGEST_ANSWER = 1 << 30;

  private Connection() {}

  /**
   * A channel to an address; nothing is sent before the first call.
   *
   * @throws AemloException the address, a file or the token cannot be used
   */
  static ManagedChannel open(ServerSettings settings, String address) {
    URI uri = parse(address);
    boolean tls = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String token = token(settings);
    if (!token.isEmpty() && !tls && !isLoopback(uri.getHost())) {
      throw invalid("a token would go to " + address + " in plain text; use https://");
    }
    return OkHttpChannelBuilder.forAddress(
            uri.getHost(), port, tls ? tls(settings) : InsecureChannelCredentials.create())
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .maxInboundMessageSize(LARGEST_ANSWER)
        .intercept(headers(token))
        .build();
  }

  private static URI parse(String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : "http://" + address);
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      if (known
          && bare
          && uri.getHost() != null
          && (uri.getPort() > 0 || address.contains("://"))) {
        return uri;
      }
    } catch (java.net.URISyntaxException notOne) {
      throw invalid(
          "'"
              + address
              + "' is no address of a server ("
              + notOne.getReason()
              + "); write host:port, http://host:port or https://host:port");
    }
    throw invalid(
        "'"
            + address
            + "' is no address of a server; write host:port, http://host:port or https://host:port");
  }

  private static io.grpc.ChannelCredentials tls(ServerSettings settings) {
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    try {
      if (!settings.authorities().isEmpty()) {
        tls.trustManager(new File(settings.authorities()));
      }
      if (!settings.certificate().isEmpty()) {
        tls.keyManager(new File(settings.certificate()), new File(settings.key()));
      }
      return tls.build();
    } catch (IOException unreadable) {
      throw invalid("a certificate or key file cannot be read: " + unreadable.getMessage());
    }
  }

  private static String token(ServerSettings settings) {
    if (!settings.tokenVariable().isEmpty()) {
      String token = System.getenv(settings.tokenVariable());
      if (token == null || token.isBlank()) {
        throw invalid(
            "the environment variable "
                + settings.tokenVariable()
                + ", which should hold the token, is not set; set it before the program starts");
      }
      return token.trim();
    }
    if (settings.tokenFile().isEmpty()) {
      return "";
    }
    try {
      String token = Files.readString(Path.of(settings.tokenFile())).trim();
      if (token.isEmpty()) {
        throw invalid(
            "the token file " + settings.tokenFile() + " is empty; write the token into it");
      }
      return token;
    } catch (IOException unreadable) {
      throw invalid(
          "the token file "
              + settings.tokenFile()
              + " cannot be read ("
              + unreadable
              + "); check the path and its permissions");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  static ClientInterceptor headers(String token) {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(
            next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            headers.put(PROTOCOL, String.valueOf(Handshake.PROTOCOL));
            if (!token.isEmpty()) {
              headers.put(AUTHORIZATION, "Bearer " + token);
            }
            super.start(listener, headers);
          }
        };
      }
    };
  }

  private static AemloException invalid(String message) {
    return new AemloException(Reason.INVALID_ARGUMENT, message);
  }
}
