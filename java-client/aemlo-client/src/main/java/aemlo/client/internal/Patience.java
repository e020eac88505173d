// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.ProgressListener;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Decides after a failed call whether to wait and try again, and waits. One for each request. */
final class Patience {
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5_000;

  /** How often a call may fail in a row in a way that is neither a refusal nor a lost server. */
  private static final int STRANGE_ERRORS = 3;

  private final Deadline deadline;
  private final Duration reconnectTimeout;
  private final ProgressListener listener;
  private final Errors errors;
  private final Supplier<String> obituary;
  private long lostAt;
  private long pause;
  private int strange;

  Patience(
      Deadline deadline,
      Duration reconnectTimeout,
      ProgressListener listener,
      Errors errors,
      Supplier<String> obituary) {
    this.obituary = obituary;
    this.deadline = deadline;
    this.reconnectTimeout = reconnectTimeout;
    this.listener = listener;
    this.errors = errors;
    recovered();
  }

  /** The server has answered: the time for finding it again starts anew with the next loss. */
  void recovered() {
    lostAt = 0;
    pause = FIRST_PAUSE_MS;
    strange = 0;
  }

  /**
   * Waits before another attempt.
   *
   * @throws AemloException there is no use in one, or no time
   */
  void absorb(Throwable error, String doing) throws InterruptedException {
    Failure failure = Failure.of(error);
    if (obituary.get() != null) {
      throw new AemloException(
          AemloException.Reason.UNREACHABLE,
          obituary.get() + ". Run it again: another one is started then",
          error);
    }
    switch (failure.code()) {
      case RESOURCE_EXHAUSTED:
        if (failure.retryAfter() == null) {
          throw errors.translate(error, doing);
        }
        sleep(Math.max(1, failure.retryAfter().toMillis()), failure, error, doing);
        break;
      case UNAVAILABLE:
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (System.nanoTime() - lostAt > reconnectTimeout.toNanos()) {
          throw errors.translate(error, doing);
        }
        sleep(nextPause(), failure, error, doing);
        break;
      case CANCELLED:
      case INTERNAL:
      case UNKNOWN:
        // What a server that is killed leaves behind on a stream; one that has a reason of its own
        // gives it.
        if (!failure.reason().isEmpty() || ++strange > STRANGE_ERRORS) {
          throw errors.translate(error, doing);
        }
        sleep(nextPause(), failure, error, doing);
        break;
      default:
        throw errors.translate(error, doing);
    }
  }

  private long nextPause() {
    long now = pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    return now;
  }

  private void sleep(long millis, Failure failure, Throwable error, String doing)
      throws InterruptedException {
    if (deadline.timeRemaining(TimeUnit.MILLISECONDS) <= millis) {
      throw errors.translate(error, doing);
    }
    listener.waiting(failure.text());
    Thread.sleep(millis);
  }
}
