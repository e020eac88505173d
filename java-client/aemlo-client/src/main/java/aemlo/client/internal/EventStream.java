// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The answers of a streaming call for a thread that waits for them; at most two lie here, so a slow
 * reader slows the server down. Waiting ends with the thread's interruption.
 */
final class EventStream<Q, A> implements ClientResponseObserver<Q, A>, AutoCloseable {
  private static final int AHEAD = 2;

  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private ClientCallStreamObserver<Q> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(AHEAD);
  }

  @Override
  public void onNext(A answer) {
    arrived.add(answer);
  }

  @Override
  public void onError(Throwable error) {
    arrived.add(Status.fromThrowable(error).asException(Status.trailersFromThrowable(error)));
  }

  @Override
  public void onCompleted() {
    arrived.add(Status.OK.asException());
  }

  /**
   * The next answer; null when the server has no more.
   *
   * @throws StatusException the call ended with an error
   */
  A next() throws InterruptedException, StatusException {
    Object event = arrived.take();
    if (event instanceof StatusException) {
      // Whoever asks again is told again.
      arrived.add(event);
      StatusException end = (StatusException) event;
      if (end.getStatus().isOk()) {
        return null;
      }
      throw end;
    }
    call.request(1);
    @SuppressWarnings("unchecked")
    A answer = (A) event;
    return answer;
  }

  @Override
  public void close() {
    call.cancel("no longer needed", null);
  }
}
