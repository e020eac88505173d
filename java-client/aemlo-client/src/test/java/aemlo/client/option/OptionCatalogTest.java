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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionCatalogTest {
  @Test
  void all_ComparedWithTheSharedList_HasItsOptionsInItsOrder() throws Exception {
    String list = Files.readString(Path.of("..", "..", "proto", "options", "aemlo.json"));
    Matcher names = Pattern.compile("\"name\": \"([^\"]+)\",\\s+\"type\"").matcher(list);
    List<String> expected = new ArrayList<>();
    while (names.find()) {
      expected.add(names.group(1));
    }

    assertThat(OptionCatalog.all())
        .extracting(OptionDescription::name)
        .isEqualTo(expected)
        .hasSizeGreaterThan(30);
    assertThat(OptionCatalog.presets()).containsExactly("default", "paper", "published");
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
