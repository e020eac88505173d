// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionCatalogTest {
  /** AEMLO's preset published with device cpu, written by a client that knew no other method. */
  private static final String WITHOUT_METHOD =
      "rO0ABXNyABlhZW1sby5jbGllbnQuQWVtbG9PcHRpb25zAAAAAAAAAAECAAJMAAZwcmVzZXR0ABJMamF2"
          + "YS9sYW5nL1N0cmluZztMAAZ2YWx1ZXN0ABNMamF2YS91dGlsL1RyZWVNYXA7eHB0AAlwdWJsaXNoZWRz"
          + "cgARamF2YS51dGlsLlRyZWVNYXAMwfY+LSVq5gMAAUwACmNvbXBhcmF0b3J0ABZMamF2YS91dGlsL0Nv"
          + "bXBhcmF0b3I7eHBwdwQAAAABdAAGZGV2aWNldAADY3B1eA==";

  private static final Path LISTS = Path.of("..", "..", "proto", "options");

  @ParameterizedTest
  @EnumSource(Method.class)
  void all_ComparedWithTheSharedList_HasItsOptionsInItsOrder(Method method) throws Exception {
    String list = Files.readString(LISTS.resolve(method.word() + ".json"));
    Matcher names = Pattern.compile("\"name\": \"([^\"]+)\",\\s+\"type\"").matcher(list);
    List<String> expected = new ArrayList<>();
    while (names.find()) {
      expected.add(names.group(1));
    }

    assertThat(OptionCatalog.all(method))
        .extracting(OptionDescription::name)
        .isEqualTo(expected)
        .contains("seed");
    assertThat(list).contains("\"title\": \"" + method.title() + "\"");
    assertThat(OptionCatalog.presets(method)).contains(OptionCatalog.DEFAULT_PRESET);
  }

  @Test
  void methods_ComparedWithTheSharedLists_AreAllAndAemloFirst() throws Exception {
    List<String> expected;
    try (Stream<Path> files = Files.list(LISTS)) {
      expected = files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }

    assertThat(Method.values())
        .extracting(method -> method.word() + ".json")
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Method.values()[0]).isEqualTo(Method.AEMLO);
    assertThat(OptionCatalog.all(Method.AEMLO)).hasSizeGreaterThan(30);
    assertThat(OptionCatalog.presets(Method.AEMLO))
        .containsExactly("default", "paper", "published");
  }

  @Test
  void method_NameInAnyCase_IsFound() {
    assertThat(OptionCatalog.method("REMEDIAL-HwR")).isEqualTo(Method.REMEDIAL_HWR);
    assertThat(OptionCatalog.method("mlsol")).isEqualTo(Method.MLSOL);
    refused(() -> OptionCatalog.method("smote"), "no method 'smote'", "mlsmote, mlsol");
  }

  @Test
  void builder_OfAnotherMethod_TakesItsOptionsAlone() {
    AemloOptions options =
        AemloOptions.builder(Method.MLSMOTE)
            .neighbours(3)
            .set("label-rule", "union")
            .seed(5)
            .build();

    assertThat(options.method()).isEqualTo(Method.MLSMOTE);
    assertThat(options.values())
        .containsOnly(entry("neighbours", "3"), entry("label-rule", "union"), entry("seed", "5"));
    assertThat(options.value("num")).isNull();
    assertThat(options.toString()).contains("mlsmote", "label-rule=union");
    assertThat(options).isNotEqualTo(AemloOptions.builder().neighbours(3).seed(5).build());
    assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
    refused(() -> options.toBuilder().epochs(3), "MLSMOTE has no option 'epochs'", "label-rule");
    refused(() -> options.value("epochs"), "MLSMOTE has no option 'epochs'");
    refused(() -> options.toBuilder().preset(Preset.PAPER), "MLSMOTE has no preset 'paper'");
  }

  @Test
  void method_OfABuilderWithOptions_KeepsThemOrNamesTheOneThatDoesNotFit() {
    AemloOptions.Builder options = AemloOptions.builder().rate(2).seed(5);

    refused(() -> options.method(Method.MLRUS), "option rate: '2'", "[0, 1]");
    refused(() -> options.method("remedial"), "REMEDIAL has no option 'rate'");
    assertThat(options.build().method()).as("nothing has changed").isEqualTo(Method.AEMLO);
    assertThat(options.method("MLROS").build())
        .isEqualTo(AemloOptions.builder(Method.MLROS).rate(2).seed(5).build());
    refused(
        () -> AemloOptions.builder().preset(Preset.PAPER).method(Method.MLROS), "preset 'paper'");
  }

  @Test
  void typedSetters_AnyValue_SetTheOptionOfThatName() {
    AemloOptions options =
        AemloOptions.builder()
            .preset(Preset.PAPER)
            .epochs(7)
            .rate(0.25)
            .minorityRule(MinorityRule.IMR_IRLBL)
            .round(true)
            .seed(9007199254740991L)
            .learningRate(1e-4)
            .build();

    assertThat(options.values())
        .containsOnly(
            entry("epochs", "7"),
            entry("rate", "0.25"),
            entry("minority-rule", "imr+irlbl"),
            entry("round", "true"),
            entry("seed", "9007199254740991"),
            entry("learning-rate", "0.0001"));
    assertThat(options.preset()).isEqualTo("paper");
    assertThat(options.value("latent")).isEqualTo("512");
    assertThat(options.seed()).hasValue(9007199254740991L);
  }

  @Test
  void set_ValueThatIsNotAllowed_NamesOptionAndRange() {
    AemloOptions.Builder options = AemloOptions.builder();

    refused(() -> options.epochs(0), "option epochs: '0'", "[1, 1000000]");
    refused(() -> options.learningRate(0), "learning-rate", "(0, 1]");
    refused(() -> options.validationShare(1), "validation-share", "[0, 1)");
    refused(() -> options.rate(Double.NaN), "rate");
    refused(() -> options.set("epochs", "2.5"), "epochs", "whole number");
    refused(() -> options.set("minority-rule", "some"), "minority-rule", "imr+irlbl | irlbl | all");
    refused(() -> options.set("round", "yes"), "round", "true | false");
    refused(() -> options.set("epoch", "3"), "no option 'epoch'", "epochs");
    refused(() -> options.preset("papre"), "no preset 'papre'", "paper");
  }

  @Test
  void options_Serialized_AreEqual() throws Exception {
    AemloOptions options =
        AemloOptions.builder().preset(Preset.PUBLISHED).device(Device.CPU).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(options);

    assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isEqualTo(options);
  }

  @Test
  void options_SerializedWithoutMethod_AreAemlos() throws Exception {
    byte[] old = Base64.getDecoder().decode(WITHOUT_METHOD);

    AemloOptions options =
        (AemloOptions) new ObjectInputStream(new ByteArrayInputStream(old)).readObject();

    assertThat(options)
        .isEqualTo(AemloOptions.builder().preset(Preset.PUBLISHED).device(Device.CPU).build());
    assertThat(options.method()).isEqualTo(Method.AEMLO);
    assertThat(options.toString()).contains("aemlo");
  }

  private static java.util.Map.Entry<String, String> entry(String key, String value) {
    return java.util.Map.entry(key, value);
  }

  private static void refused(Runnable setting, String... parts) {
    assertThatThrownBy(setting::run)
        .isInstanceOfSatisfying(
            AemloException.class,
            error -> {
              assertThat(error.reason()).isEqualTo(AemloException.Reason.INVALID_ARGUMENT);
              assertThat(error.getMessage()).contains(parts);
            });
  }
}
