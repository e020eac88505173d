// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

import aemlo.client.AemloException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options and presets that this client was built with, in the order of the command line's help.
 */
public final class OptionCatalog {
  /** The preset that counts where none is named. */
  public static final String DEFAULT_PRESET = Preset.DEFAULT.word();

  private static final Map<String, OptionDescription> BY_NAME =
      OptionList.OPTIONS.stream()
          .collect(Collectors.toUnmodifiableMap(OptionDescription::name, option -> option));

  private OptionCatalog() {}

  public static List<OptionDescription> all() {
    return OptionList.OPTIONS;
  }

  /**
   * The option of that name.
   *
   * @throws AemloException there is none; the message lists those that there are
   */
  public static OptionDescription get(String name) {
    OptionDescription option = BY_NAME.get(name);
    if (option == null) {
      throw new AemloException(
          AemloException.Reason.INVALID_ARGUMENT,
          "there is no option '"
              + name
              + "'; there are: "
              + all().stream().map(OptionDescription::name).collect(Collectors.joining(", ")));
    }
    return option;
  }

  /** The names of the presets, in alphabetical order. */
  public static List<String> presets() {
    return OptionList.PRESETS.keySet().stream().sorted().collect(Collectors.toList());
  }

  /**
   * The values of a preset by option; those that are unset are left out.
   *
   * @throws AemloException there is no such preset
   */
  public static Map<String, String> preset(String name) {
    Map<String, String> values = OptionList.PRESETS.get(name);
    if (values == null) {
      throw new AemloException(
          AemloException.Reason.INVALID_ARGUMENT,
          "there is no preset '" + name + "'; there are: " + String.join(", ", presets()));
    }
    return values;
  }
}
