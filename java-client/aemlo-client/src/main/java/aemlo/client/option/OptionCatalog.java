// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

import aemlo.client.AemloException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods, options and presets that this client was built with; options are in the order of the
 * command line's help.
 */
public final class OptionCatalog {
  /** The preset that counts where none is named; every method has it. */
  public static final String DEFAULT_PRESET = Preset.DEFAULT.word();

  private OptionCatalog() {}

  /**
   * The method of that name.
   *
   * @param name in any case: mlsol or MLSOL
   * @throws AemloException there is none; the message lists those that there are
   */
  public static Method method(String name) {
    return Arrays.stream(Method.values())
        .filter(method -> method.word().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "there is no method '" + name + "'; there are: ",
                    Arrays.stream(Method.values()).map(Method::word)));
  }

  /** The options of a method. */
  public static List<OptionDescription> all(Method method) {
    return OptionList.OPTIONS.get(method);
  }

  /** Whether a method has an option of that name. */
  public static boolean has(Method method, String name) {
    return all(method).stream().anyMatch(option -> option.name().equals(name));
  }

  /**
   * The option of that name.
   *
   * @throws AemloException the method has none; the message lists those that it has
   */
  public static OptionDescription get(Method method, String name) {
    return all(method).stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    method.title() + " has no option '" + name + "'; it has: ",
                    all(method).stream().map(OptionDescription::name)));
  }

  /** The names of a method's presets, in alphabetical order. */
  public static List<String> presets(Method method) {
    return OptionList.PRESETS.get(method).keySet().stream().sorted().collect(Collectors.toList());
  }

  /**
   * The values of a preset by option; those that are unset are left out.
   *
   * @throws AemloException the method has no such preset; the message lists those that it has
   */
  public static Map<String, String> preset(Method method, String name) {
    Map<String, String> values = OptionList.PRESETS.get(method).get(name);
    if (values == null) {
      throw unknown(
          method.title() + " has no preset '" + name + "'; it has: ", presets(method).stream());
    }
    return values;
  }

  private static AemloException unknown(String message, Stream<String> known) {
    return new AemloException(
        AemloException.Reason.INVALID_ARGUMENT, message + known.collect(Collectors.joining(", ")));
  }
}
