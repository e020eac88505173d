// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The error of a call, taken apart. */
final class Failure {
  private final Status status;
  private String reason = "";
  private Duration retryAfter;
  private final List<String> violations = new ArrayList<>();

  private Failure(Status status) {
    this.status = status;
  }

  static Failure of(Throwable error) {
    Failure failure = new Failure(Status.fromThrowable(error));
    com.google.rpc.Status details = StatusProto.fromThrowable(error);
    if (details != null) {
      details.getDetailsList().forEach(failure::take);
    }
    return failure;
  }

  Status.Code code() {
    return status.getCode();
  }

  /** The server's reason in UPPER_SNAKE_CASE; empty when it gave none. */
  String reason() {
    return reason;
  }

  /** When the server asks to try again; null where waiting does not help. */
  Duration retryAfter() {
    return retryAfter;
  }

  Throwable cause() {
    return status.getCause();
  }

  /** What happened in words, with the fields at fault that the words do not name; never empty. */
  String text() {
    StringBuilder text =
        new StringBuilder(status.getDescription() == null ? "" : status.getDescription().trim());
    for (String violation : violations) {
      if (text.indexOf(violation) < 0) {
        text.append(text.length() == 0 ? "" : "; ").append(violation);
      }
    }
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      String said =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (text.indexOf(said) < 0) {
        text.append(text.length() == 0 ? "" : ": ").append(said);
      }
    }
    return text.length() == 0 ? "status " + code() : text.toString();
  }

  /** Whether a class of that name, or one below it, is among the causes. */
  boolean isCausedBy(Class<? extends Throwable> type) {
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private void take(Any detail) {
    try {
      if (detail.is(RetryInfo.class)) {
        com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
        retryAfter = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
      } else if (detail.is(ErrorInfo.class)) {
        reason = detail.unpack(ErrorInfo.class).getReason();
      } else if (detail.is(BadRequest.class)) {
        detail
            .unpack(BadRequest.class)
            .getFieldViolationsList()
            .forEach(v -> violations.add(v.getField() + ": " + v.getDescription()));
      }
    } catch (InvalidProtocolBufferException unreadable) {
      violations.add("(a detail of type " + detail.getTypeUrl() + " could not be read)");
    }
  }
}
