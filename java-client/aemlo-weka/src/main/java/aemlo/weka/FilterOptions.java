// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import aemlo.client.AemloOptions;
import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import weka.core.Option;
import weka.core.SelectedTag;
import weka.core.Utils;

/**
 * The filter's settings as command-line options: Weka's -S for the seed, otherwise the names of the
 * aemlo command.
 */
public final class FilterOptions {
  private FilterOptions() {}

  /** Describes them; of the methods' options those of the filter's method. */
  public static List<Option> list(AemloFilter filter) {
    Method method = filter.changedOptions().method();
    List<Option> list =
        new ArrayList<>(
            List.of(
                option("S", "num", filter.seedTipText() + " Default: 1."),
                option("labels", "where", filter.labelsTipText()),
                option(
                    "missing-labels",
                    "refuse|zero",
                    filter.missingLabelsTipText() + " Default: refuse."),
                option("server", "address", filter.serverTipText()),
                option("token-variable", "name", filter.tokenVariableTipText()),
                option("token-file", "file", filter.tokenFileTipText()),
                option("trust", "file", filter.trustTipText()),
                option("timeout", "minutes", filter.timeoutTipText() + " Default: 1440."),
                option(
                    "method",
                    String.join("|", Tags.METHOD_WORDS),
                    "Resampling method, in upper or lower case. Default: aemlo. What follows are the options of "
                        + method.word()
                        + "."),
                option(
                    "preset",
                    String.join("|", OptionCatalog.presets(method)),
                    filter.presetTipText() + " Default: default.")));
    for (OptionDescription option : OptionCatalog.all(method)) {
      if (!option.name().equals(OptionWords.SEED)) {
        String fallback =
            option.defaultValue() == null
                ? "Unset: " + option.unsetMeaning()
                : "Default: " + option.defaultValue();
        list.add(
            option(
                option.name(),
                "value",
                option.description() + "; " + option.allowed() + ". " + fallback + "."));
      }
    }
    return list;
  }

  /** Sets everything from options; what they do not say gets its default. */
  public static void set(AemloFilter filter, String[] options) throws Exception {
    filter.reset();
    String seed = Utils.getOption('S', options);
    if (!seed.isEmpty()) {
      filter.setSeed(Integer.parseInt(seed));
    }
    filter.setLabels(Utils.getOption("labels", options));
    String missing = Utils.getOption("missing-labels", options);
    if (!missing.isEmpty()) {
      filter.setMissingLabels(new SelectedTag(missing, Tags.MISSING_LABELS));
    }
    filter.setServer(Utils.getOption("server", options));
    filter.setTokenVariable(Utils.getOption("token-variable", options));
    filter.setTokenFile(new File(Utils.getOption("token-file", options)));
    filter.setTrust(new File(Utils.getOption("trust", options)));
    String timeout = Utils.getOption("timeout", options);
    if (!timeout.isEmpty()) {
      filter.setTimeout(Double.parseDouble(timeout));
    }
    String method = Utils.getOption("method", options);
    filter.use(
        OptionWords.take(method.isEmpty() ? Method.AEMLO : OptionCatalog.method(method), options));
  }

  /**
   * The options that make a filter like this one; what has its default is left out, but for the
   * seed and the preset.
   */
  public static List<String> get(AemloFilter filter) {
    List<String> options = new ArrayList<>(Arrays.asList("-S", String.valueOf(filter.getSeed())));
    add(options, "labels", filter.getLabels());
    add(
        options,
        "missing-labels",
        filter.getMissingLabels().getSelectedTag().getIDStr().equals("refuse") ? "" : "zero");
    add(options, "server", filter.getServer());
    add(options, "token-variable", filter.getTokenVariable());
    add(options, "token-file", filter.getTokenFile().getPath());
    add(options, "trust", filter.getTrust().getPath());
    add(options, "timeout", String.valueOf(filter.getTimeout()));
    AemloOptions changed = filter.changedOptions();
    add(options, "method", changed.method() == Method.AEMLO ? "" : changed.method().word());
    options.addAll(OptionWords.of(changed));
    return options;
  }

  private static void add(List<String> options, String name, String value) {
    if (!value.isEmpty()) {
      options.add("-" + name);
      options.add(value);
    }
  }

  private static Option option(String name, String value, String text) {
    return new Option("\t" + text, name, 1, "-" + name + " <" + value + ">");
  }
}
