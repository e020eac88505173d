// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import java.util.Objects;

/** Something did not work; the message says what happened and what to do. */
public class AemloException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of thing happened. */
  public enum Reason {
    /** A value, data set or option is not as it must be. */
    INVALID_ARGUMENT,
    /** There is no server at the address, or it went away and did not come back in time. */
    UNREACHABLE,
    /** No aemlo to start was found, or it did not start. */
    LOCAL_SERVER,
    /**
     * The server did not accept the token or certificate, or showed an unknown certificate itself.
     */
    UNAUTHENTICATED,
    /** Client and server are of versions that do not fit. */
    INCOMPATIBLE,
    /** A limit, quota or queue of the server is full. */
    EXHAUSTED,
    /** Time was up. */
    TIMEOUT,
    /** The thread was interrupted, or someone cancelled the job. */
    CANCELLED,
    /** The job ended with an error. */
    FAILED,
    /** The server answered what it must not. */
    PROTOCOL
  }

  private final Reason reason;

  /** A message that says what happened and what to do; never null. */
  public AemloException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** With the error below it, null for none. */
  public AemloException(Reason reason, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.reason = Objects.requireNonNull(reason);
  }

  /** For programs; the message is for people. */
  public Reason reason() {
    return reason;
  }
}
