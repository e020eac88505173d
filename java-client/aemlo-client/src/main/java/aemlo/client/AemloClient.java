// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.internal.Session;
import aemlo.client.local.LocalServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Oversamples through an aemlo server. Safe for many threads at once; keep one client rather than
 * open many.
 *
 * <p>Every error is an {@link AemloException} whose message says what happened and what to do.
 * Interrupting a thread that waits for a result cancels the job on the server.
 */
public final class AemloClient implements AutoCloseable {
  /** The environment variable with the address that counts where none is given. */
  public static final String ADDRESS_VARIABLE = "AEMLO_SERVER";

  private static final Supplier<String> NOT_OURS = () -> null;
  private static final Map<List<Object>, AemloClient> SHARED = new HashMap<>();

  private final Session session;
  private final String address;

  private AemloClient(ServerSettings settings, String address, Supplier<String> obituary) {
    this.address = address;
    this.session = new Session(settings, address, obituary);
  }

  /**
   * A client of the server at an address.
   *
   * @param address host:port or http://host:port for plain text, https://host:port for TLS
   */
  public static AemloClient connect(String address) {
    return open(ServerSettings.builder().address(address).build());
  }

  /**
   * A client of a server of its own: one {@code aemlo serve} for this JVM, started now if it does
   * not run.
   */
  public static AemloClient local() {
    return local(ServerSettings.builder().build());
  }

  /**
   * A client of the server that the settings name, or AEMLO_SERVER does, or of one that is started
   * here.
   */
  public static AemloClient open(ServerSettings settings) {
    String address = addressOf(settings);
    return address.isEmpty() ? local(settings) : new AemloClient(settings, address, NOT_OURS);
  }

  /** The one client that everything in this JVM with equal settings shares. Not to be closed. */
  public static AemloClient shared(ServerSettings settings) {
    synchronized (SHARED) {
      String address = addressOf(settings);
      LocalServer local = address.isEmpty() ? LocalServer.get() : null;
      List<Object> key = List.of(settings, local == null ? address : local.address());
      return SHARED.computeIfAbsent(
          key,
          absent ->
              local == null ? new AemloClient(settings, address, NOT_OURS) : of(local, settings));
    }
  }

  private static AemloClient local(ServerSettings settings) {
    return of(LocalServer.get(), settings);
  }

  private static AemloClient of(LocalServer server, ServerSettings settings) {
    return new AemloClient(settings, server.address(), server::obituary);
  }

  private static String addressOf(ServerSettings settings) {
    if (!settings.address().isEmpty()) {
      return settings.address();
    }
    String variable = System.getenv(ADDRESS_VARIABLE);
    return variable == null ? "" : variable.trim();
  }

  /** The server's address. */
  public String address() {
    return address;
  }

  /** Asks the server what it is. */
  public ServerInfo serverInfo() {
    return session.info();
  }

  /** Trains on a data set and makes new rows for its rare labels. Blocks until it is done. */
  public OversamplingResult oversample(MultiLabelMatrix data, AemloOptions options) {
    return oversample(data, options, ProgressListener.NONE);
  }

  /**
   * Trains on a data set and makes new rows for its rare labels. Blocks until it is done.
   *
   * <p>Rows are sent once for equal data, and a request with equal data, options and seed gets the
   * result of the first.
   *
   * @param listener told how it goes, in this thread
   * @throws AemloException there is no result; the job does not run on
   */
  public OversamplingResult oversample(
      MultiLabelMatrix data, AemloOptions options, ProgressListener listener) {
    return session.oversample(data, options, listener);
  }

  /** Closes the connection; calls that wait end with an error. */
  @Override
  public void close() {
    session.close();
  }
}
