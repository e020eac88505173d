// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import aemlo.client.AemloException.Reason;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that go away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionConnectionTest extends ScriptedSession {
  @Test
  void oversample_ConnectionLostBetweenRows_GoesOnWhereItStopped() {
    server.jobs.breakWith = Status.UNAVAILABLE.withDescription("gone").asRuntimeException();
    server.jobs.breakAfterRowMessages = 2;

    OversamplingResult result = session.oversample(data, SEEDED, ProgressListener.NONE);

    assertThat(server.calls).contains("watch from row 4 after epoch 3");
    assertThat(result.newRows().rows()).isEqualTo(7);
    for (int row = 0; row < 7; row++) {
      assertThat(result.seedRow(row)).isEqualTo(row);
    }
  }

  @Test
  void oversample_StreamBrokenWithoutReason_GoesOn() {
    server.jobs.breakWith =
        Status.INTERNAL.withDescription("RST_STREAM closed stream").asRuntimeException();
    server.jobs.breakAfterRowMessages = 0;

    assertThat(session.oversample(data, SEEDED, ProgressListener.NONE).newRows().rows())
        .isEqualTo(7);
  }

  @Test
  void oversample_ServerLostBeforeItAccepted_AsksAgainUnderTheSameName() {
    server.fail(
        "Oversample",
        Status.UNAVAILABLE.asRuntimeException(),
        Status.UNAVAILABLE.asRuntimeException());

    session.oversample(data, SEEDED, ProgressListener.NONE);

    assertThat(server.count("Oversample")).isEqualTo(3);
    assertThat(server.jobs.byId).hasSize(1);
  }

  @Test
  void oversample_ServerGoneForGood_SaysSoWithoutWaiting() {
    Session orphan =
        new Session(
            ServerSettings.builder().build(),
            "scripted:1",
            () -> "the server that was started here has ended with code 137",
            session.channel());
    server.fail("Oversample", Status.UNAVAILABLE.asRuntimeException());

    failure(
        () -> orphan.oversample(data, SEEDED, ProgressListener.NONE),
        Reason.UNREACHABLE,
        "ended with code 137",
        "Run it again");
  }
}
