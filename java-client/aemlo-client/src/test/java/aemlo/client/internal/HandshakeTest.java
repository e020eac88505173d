// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.option.Method;
import aemlo.client.option.Preset;
import aemlo.client.testing.Matrices;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.MethodInfo;
import aemlo.client.v1.OptionInfo;
import aemlo.client.v1.OversampleRequest;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

  @Test
  void info_SameVersion_NamesEveryMethod() {
    assertThat(session.info().methods())
        .isEqualTo(Arrays.stream(Method.values()).map(Method::word).collect(Collectors.toList()))
        .contains("aemlo", "mlsol", "remedial-hwr");
  }

  @Test
  void oversample_MethodThatTheServerDoesNotOffer_IsRefusedAlone() {
    server.info.change = info -> info.toBuilder().removeMethods(index(info, Method.MLSOL)).build();

    refused(
        AemloOptions.builder(Method.MLSOL), "does not offer the method 'mlsol'", "aemlo", "mlros");
    accepted(AemloOptions.builder());
    accepted(AemloOptions.builder(Method.MLROS));
    assertThat(session.info().methods()).contains("mlros").doesNotContain("mlsol");
    assertThat(session.info().differences())
        .containsExactly("the method 'mlsol' does not exist there");
  }

  @Test
  void oversample_ServerWithoutAemlo_TakesTheOtherMethods() {
    server.info.change = info -> info.toBuilder().removeMethods(index(info, Method.AEMLO)).build();

    refused(AemloOptions.builder(), "does not offer the method 'aemlo'");
    accepted(AemloOptions.builder(Method.MLRUS));
  }

  @Test
  void oversample_OptionThatMeansSomethingElseInOneMethod_IsRefusedThereAlone() {
    server.info.change =
        info -> {
          GetServerInfoResponse.Builder changed = info.toBuilder();
          MethodInfo.Builder method = changed.getMethodsBuilder(index(info, Method.MLRUS));
          method.getOptionsBuilder(index(method, "rate")).setMaximum(0.5);
          return changed.build();
        };

    refused(AemloOptions.builder(Method.MLRUS).rate(.2), "options of MLRUS", "[0, 0.5] there");
    accepted(AemloOptions.builder(Method.MLRUS).num(2));
    accepted(AemloOptions.builder(Method.LPRUS).rate(.2));
    assertThat(session.info().differences()).singleElement().asString().startsWith("MLRUS: option");
  }

  @Test
  void oversample_MethodAndOptions_AreWhatIsAskedFor() {
    accepted(AemloOptions.builder(Method.MLSOL).neighbours(7).seed(3));
    accepted(AemloOptions.builder(Method.MLROS).seed(3));
    accepted(AemloOptions.builder(Method.LPROS).seed(3));

    Map<String, OversampleRequest> asked =
        server.jobs.byId.values().stream()
            .collect(
                Collectors.toMap(job -> job.request.getMethod().getMethod(), job -> job.request));
    assertThat(asked.keySet()).as("each a job of its own").containsOnly("mlsol", "mlros", "lpros");
    assertThat(asked.get("mlsol").getMethod().getOptionsMap())
        .containsOnly(Map.entry("neighbours", "7"), Map.entry("seed", "3"));
    assertThat(asked.get("mlsol").getMethod().getPreset()).isEqualTo("default");
  }

  private void change(Consumer<MethodInfo.Builder> change) {
    server.info.change =
        info -> {
          GetServerInfoResponse.Builder changed = info.toBuilder();
          change.accept(changed.getMethodsBuilder(0));
          return changed.build();
        };
  }

  private static int index(GetServerInfoResponse info, Method method) {
    int index = 0;
    while (!info.getMethods(index).getName().equals(method.word())) {
      index++;
    }
    return index;
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
