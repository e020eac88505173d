// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.ServerSettings;
import javax.net.ssl.SSLException;

/** Turns errors of calls into sentences that say what happened and what to do. */
final class Errors {
  private final ServerSettings settings;
  private final String server;

  Errors(ServerSettings settings, String address) {
    this.settings = settings;
    this.server = "the aemlo server at " + address;
  }

  /**
   * Translates an error.
   *
   * @param doing what was going on, as in "while sending the data set"
   */
  AemloException translate(Throwable error, String doing) {
    Failure failure = Failure.of(error);
    String text = failure.text();
    switch (failure.code()) {
      case UNAVAILABLE:
        return unavailable(failure, error, doing);
      case UNAUTHENTICATED:
      case PERMISSION_DENIED:
        return new AemloException(
            Reason.UNAUTHENTICATED,
            server + " does not let this client in: " + text + ". " + tokenAdvice(),
            error);
      case FAILED_PRECONDITION:
        return new AemloException(
            Reason.INCOMPATIBLE, server + " refused " + doing + ": " + text, error);
      case UNIMPLEMENTED:
        return new AemloException(
            Reason.INCOMPATIBLE,
            server
                + " does not know what was asked "
                + doing
                + " ("
                + text
                + "): it is too old for this client, or no aemlo server; use releases of the same version",
            error);
      case DEADLINE_EXCEEDED:
        return new AemloException(
            Reason.TIMEOUT,
            server
                + " did not finish in time "
                + doing
                + ": "
                + text
                + ". Allow a longer time, fewer epochs or a faster device",
            error);
      case RESOURCE_EXHAUSTED:
        return new AemloException(
            Reason.EXHAUSTED,
            server + " has no room " + doing + ": " + text + advice(failure),
            error);
      case CANCELLED:
        return new AemloException(
            Reason.CANCELLED, "the job was cancelled " + doing + ": " + text, error);
      case INVALID_ARGUMENT:
      case OUT_OF_RANGE:
        return new AemloException(
            Reason.INVALID_ARGUMENT, server + " refused " + doing + ": " + text, error);
      case NOT_FOUND:
        return new AemloException(
            Reason.FAILED,
            server
                + " lost what it needs "
                + doing
                + ": "
                + text
                + ". Try again; it may have been deleted meanwhile",
            error);
      case DATA_LOSS:
        return new AemloException(
            Reason.PROTOCOL,
            "the data changed on its way to "
                + server
                + ": "
                + text
                + ". Try again; if it stays so, use releases of the same version",
            error);
      default:
        return new AemloException(
            Reason.FAILED, server + " failed " + doing + ": " + text + hint(failure), error);
    }
  }

  private AemloException unavailable(Failure failure, Throwable error, String doing) {
    if (failure.isCausedBy(SSLException.class)) {
      return new AemloException(
          Reason.UNAUTHENTICATED,
          "no TLS connection to "
              + server
              + ": "
              + failure.text()
              + ". Use https:// only for a server with TLS, and name the file of the authority that signed its certificate",
          error);
    }
    return new AemloException(
        Reason.UNREACHABLE,
        server
            + " cannot be reached "
            + doing
            + ": "
            + failure.text()
            + ". Start it with 'aemlo serve', or correct the address; without an address a server is started here",
        error);
  }

  private String tokenAdvice() {
    if (!settings.tokenVariable().isEmpty()) {
      return "The token came from the environment variable "
          + settings.tokenVariable()
          + "; put a valid one there";
    }
    if (!settings.tokenFile().isEmpty()) {
      return "The token came from " + settings.tokenFile() + "; put a valid one there";
    }
    return "No token was sent; name the environment variable or the file that holds one";
  }

  private static String advice(Failure failure) {
    return failure.retryAfter() != null
        ? ". Its time to wait is over; try again later"
        : ". Waiting does not help; give less data, a smaller network, or raise the server's limit";
  }

  private static String hint(Failure failure) {
    switch (failure.code()) {
      case INTERNAL:
      case UNKNOWN:
        return failure.reason().isEmpty()
            ? ". Is it an aemlo server, and http:// or https:// as it speaks? Its log may say more"
            : "";
      default:
        return "";
    }
  }
}
