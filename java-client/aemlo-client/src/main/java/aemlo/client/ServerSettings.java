// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the server is and how to talk to it. Immutable and serializable; holds the name of a
 * variable or file with the token, never a token.
 */
public final class ServerSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Longest time for a whole call, waiting in the server's queue and training included. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(24);

  /** Longest time to reach the server, and for every call that trains nothing. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /** Longest time to find a server again that went away during a job. */
  public static final Duration DEFAULT_RECONNECT_TIMEOUT = Duration.ofMinutes(2);

  private final String address;
  private final String authorities;
  private final String certificate;
  private final String key;
  private final String tokenVariable;
  private final String tokenFile;
  private final Duration timeout;
  private final Duration connectTimeout;
  private final Duration reconnectTimeout;

  private ServerSettings(Builder builder) {
    address = builder.address;
    authorities = builder.authorities;
    certificate = builder.certificate;
    key = builder.key;
    tokenVariable = builder.tokenVariable;
    tokenFile = builder.tokenFile;
    timeout = builder.timeout;
    connectTimeout = builder.connectTimeout;
    reconnectTimeout = builder.reconnectTimeout;
  }

  /** Settings of a server that the client starts itself, unless an address is given. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * host:port, http://host:port or https://host:port; empty for a server that the client starts
   * itself.
   */
  public String address() {
    return address;
  }

  /** PEM file of the authorities that vouch for the server; empty for the JVM's own. */
  public String authorities() {
    return authorities;
  }

  /** PEM file of the client's certificate; empty for none. */
  public String certificate() {
    return certificate;
  }

  /** PEM file of the certificate's key; empty for none. */
  public String key() {
    return key;
  }

  /** Name of the environment variable that holds the token; empty for none. */
  public String tokenVariable() {
    return tokenVariable;
  }

  /** File that holds the token; empty for none. */
  public String tokenFile() {
    return tokenFile;
  }

  /** Longest time for a whole call, waiting in the queue and training included. */
  public Duration timeout() {
    return timeout;
  }

  /** Longest time to reach the server, and for every call that trains nothing. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Longest time to find a server again that went away during a job. */
  public Duration reconnectTimeout() {
    return reconnectTimeout;
  }

  private Object[] parts() {
    return new Object[] {
      address,
      authorities,
      certificate,
      key,
      tokenVariable,
      tokenFile,
      timeout,
      connectTimeout,
      reconnectTimeout
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerSettings
        && java.util.Arrays.equals(parts(), ((ServerSettings) other).parts());
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts());
  }

  @Override
  public String toString() {
    return address.isEmpty() ? "a server of its own" : address;
  }

  /** Collects settings. */
  public static final class Builder {
    private String address = "";
    private String authorities = "";
    private String certificate = "";
    private String key = "";
    private String tokenVariable = "";
    private String tokenFile = "";
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private Duration reconnectTimeout = DEFAULT_RECONNECT_TIMEOUT;

    private Builder() {}

    /**
     * host:port or http://host:port for plain text, https://host:port for TLS; empty starts a
     * server.
     */
    public Builder address(String value) {
      address = value.trim();
      return this;
    }

    /** PEM file of the authorities that vouch for the server, in place of the JVM's own. */
    public Builder trust(Path authorityFile) {
      authorities = authorityFile.toString();
      return this;
    }

    /** PEM files of a certificate and its key that the client shows. */
    public Builder clientCertificate(Path certificateFile, Path keyFile) {
      certificate = certificateFile.toString();
      key = keyFile.toString();
      return this;
    }

    /** The environment variable that holds the token. */
    public Builder tokenFromEnvironment(String variable) {
      tokenVariable = variable.trim();
      return this;
    }

    /** The file that holds the token. */
    public Builder tokenFromFile(Path file) {
      tokenFile = file.toString();
      return this;
    }

    /** Longest time for a whole call, waiting in the queue and training included. */
    public Builder timeout(Duration value) {
      timeout = positive(value, "timeout");
      return this;
    }

    /** Longest time to reach the server. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = positive(value, "connectTimeout");
      return this;
    }

    /** Longest time to find a server again that went away during a job. */
    public Builder reconnectTimeout(Duration value) {
      reconnectTimeout = positive(value, "reconnectTimeout");
      return this;
    }

    /** The settings; files and variables are read when a client is opened with them. */
    public ServerSettings build() {
      return new ServerSettings(this);
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero()) {
        throw new AemloException(
            AemloException.Reason.INVALID_ARGUMENT,
            name + " is " + value + "; give a time above zero");
      }
      return value;
    }
  }
}
