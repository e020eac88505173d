// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import aemlo.client.AemloOptions;
import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import java.util.ArrayList;
import java.util.List;
import weka.core.Utils;

/**
 * The preset and the options of a method as words of a command line; the seed, for which Weka has a
 * name of its own, is not among them.
 */
final class OptionWords {
  static final String SEED = "seed";

  private static final String PRESET = "preset";

  private OptionWords() {}

  /**
   * Takes them out of a command line, in which Weka's way of doing so leaves empty words behind.
   *
   * @throws aemlo.client.AemloException the method has no such preset, or does not allow a value
   */
  static AemloOptions take(Method method, String[] words) throws Exception {
    AemloOptions.Builder options = AemloOptions.builder(method);
    String preset = Utils.getOption(PRESET, words);
    if (!preset.isEmpty()) {
      options.preset(preset);
    }
    for (OptionDescription option : OptionCatalog.all(method)) {
      String value = option.name().equals(SEED) ? "" : Utils.getOption(option.name(), words);
      if (!value.isEmpty()) {
        options.set(option.name(), value);
      }
    }
    return options.build();
  }

  /** The words that say the same. */
  static List<String> of(AemloOptions options) {
    List<String> words = new ArrayList<>(List.of("-" + PRESET, options.preset()));
    options
        .values()
        .forEach(
            (name, value) -> {
              words.add("-" + name);
              words.add(value);
            });
    return words;
  }
}
