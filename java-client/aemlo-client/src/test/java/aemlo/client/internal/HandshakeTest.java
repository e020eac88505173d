// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.option.Preset;
import aemlo.client.testing.Matrices;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.MethodInfo;
import aemlo.client.v1.OptionInfo;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private ScriptedServer server;
  private Session session;

  @BeforeEach
  void start() throws Exception {
    String name = UUID.randomUUID().toString();
    server = new ScriptedServer(InProcessServerBuilder.forName(name));
    session =
        new Session(
            ServerSettings.builder().build(),
            "scripted:1",
            () -> null,
            InProcessChannelBuilder.forName(name).intercept(Connection.headers("")).build());
  }

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  @Test
  void info_SameVersion_HasNoDifference() {
    assertThat(session.info().differences()).isEmpty();
    assertThat(session.info().version()).isEqualTo("9.8.7");
  }

  @Test
  void info_OtherProtocol_SaysWhichSideIsTooOld() {
    server.info.change =
        info -> info.toBuilder().setOldestProtocolVersion(2).setNewestProtocolVersion(3).build();
    assertThatThrownBy(session::info)
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("update this client")
        .hasMessageContaining("9.8.7");

    server.info.change =
        info -> info.toBuilder().setOldestProtocolVersion(0).setNewestProtocolVersion(0).build();
    assertThatThrownBy(session::info)
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("update the server");
  }

  @Test
  void oversample_OptionThatTheServerDoesNotKnow_IsNamed() {
    change(method -> method.removeOptions(index(method, "neighbours")));

    refused(AemloOptions.builder().neighbours(3), "option 'neighbours' does not exist there");
    accepted(AemloOptions.builder().epochs(3));
  }

  @Test
  void oversample_OptionWithOtherRange_IsNamedWithBothRanges() {
    change(method -> method.getOptionsBuilder(index(method, "epochs")).setMaximum(10));

    refused(
        AemloOptions.builder().epochs(3),
        "option 'epochs' allows a whole number in [1, 10] there",
        "[1, 1000000] here");
    assertThat(session.info().differences()).singleElement().asString().contains("epochs");
  }

  @Test
  void oversample_PresetWithOtherValues_IsNamed() {
    change(method -> method.getPresetsBuilder(0).putOptions("epochs", "60"));

    refused(
        AemloOptions.builder().preset(Preset.DEFAULT),
        "preset 'default': epochs is 60 there and 50 here");
    accepted(AemloOptions.builder().preset(Preset.PAPER));
  }

  @Test
  void oversample_ServerWithMoreOptions_IsFine() {
    change(method -> method.addOptions(OptionInfo.newBuilder().setName("novelty").setTypeValue(1)));

    accepted(AemloOptions.builder());
  }

  private void change(Consumer<MethodInfo.Builder> change) {
    server.info.change =
        info -> {
          GetServerInfoResponse.Builder changed = info.toBuilder();
          change.accept(changed.getMethodsBuilder(0));
          return changed.build();
        };
  }

  private static int index(MethodInfo.Builder method, String option) {
    int index = 0;
    while (!method.getOptions(index).getName().equals(option)) {
      index++;
    }
    return index;
  }

  private void refused(AemloOptions.Builder options, String... words) {
    assertThatThrownBy(
            () ->
                session.oversample(
                    Matrices.random(1, 9, 3, 2, false, false),
                    options.build(),
                    ProgressListener.NONE))
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.reason()).isEqualTo(AemloException.Reason.INCOMPATIBLE);
              assertThat(error.getMessage()).contains(words).contains("9.8.7");
            });
  }

  private void accepted(AemloOptions.Builder options) {
    assertThatCode(
            () ->
                session.oversample(
                    Matrices.random(1, 9, 3, 2, false, false),
                    options.build(),
                    ProgressListener.NONE))
        .doesNotThrowAnyException();
  }
}
