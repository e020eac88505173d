// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import aemlo.client.option.OptionType;
import aemlo.client.option.Range;
import aemlo.client.v1.MethodInfo;
import aemlo.client.v1.OptionInfo;
import aemlo.client.v1.PresetInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** In what a server describes a method in another way than this client knows it. */
final class MethodDifferences {
  private final Method method;
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final Map<String, String> presetProblems = new LinkedHashMap<>();

  MethodDifferences(Method method, MethodInfo info) {
    this.method = method;
    compareOptions(info);
    comparePresets(info);
  }

  /** All of them. */
  List<String> all() {
    List<String> all = new ArrayList<>(problems.values());
    all.addAll(presetProblems.values());
    return all;
  }

  /** Those in the preset, and in the options set, of these options of the method. */
  List<String> of(AemloOptions options) {
    List<String> wrong =
        options.values().keySet().stream()
            .filter(problems::containsKey)
            .map(problems::get)
            .collect(Collectors.toList());
    if (presetProblems.containsKey(options.preset())) {
      wrong.add(presetProblems.get(options.preset()));
    }
    return wrong;
  }

  private void compareOptions(MethodInfo info) {
    Map<String, OptionInfo> there = new HashMap<>();
    info.getOptionsList().forEach(option -> there.put(option.getName(), option));
    for (OptionDescription here : OptionCatalog.all(method)) {
      OptionInfo option = there.get(here.name());
      String difference =
          option == null ? "does not exist there" : here.difference(describe(option));
      if (difference != null) {
        problems.put(here.name(), "option '" + here.name() + "' " + difference);
      }
    }
  }

  private void comparePresets(MethodInfo info) {
    Map<String, Map<String, String>> there =
        info.getPresetsList().stream()
            .collect(Collectors.toMap(PresetInfo::getName, PresetInfo::getOptionsMap));
    for (String preset : OptionCatalog.presets(method)) {
      Map<String, String> values = there.get(preset);
      List<String> changed = new ArrayList<>();
      for (OptionDescription option : OptionCatalog.all(method)) {
        String here = OptionCatalog.preset(method, preset).get(option.name());
        String other = values == null ? null : values.get(option.name());
        if (here == null ? other != null : other == null || !same(option, here, other)) {
          changed.add(
              option.name()
                  + " is "
                  + (other == null ? "unset" : other)
                  + " there and "
                  + (here == null ? "unset" : here)
                  + " here");
        }
      }
      if (values == null) {
        presetProblems.put(preset, "preset '" + preset + "' does not exist there");
      } else if (!changed.isEmpty()) {
        presetProblems.put(preset, "preset '" + preset + "': " + String.join(", ", changed));
      }
    }
  }

  private static boolean same(OptionDescription option, String here, String there) {
    try {
      return option.check(here).equals(option.check(there));
    } catch (AemloException notAllowedHere) {
      return false;
    }
  }

  private static OptionDescription describe(OptionInfo option) {
    Range range =
        new Range(
            option.hasMinimum() ? option.getMinimum() : null,
            option.getMinimumExclusive(),
            option.hasMaximum() ? option.getMaximum() : null,
            option.getMaximumExclusive());
    return new OptionDescription(
        option.getName(),
        type(option),
        option.getDescription(),
        option.getUnit(),
        option.getSource(),
        option.hasDefaultValue() ? option.getDefaultValue() : null,
        range,
        option.getChoicesList(),
        option.getUnsetMeaning(),
        option.getAffectsTraining());
  }

  private static OptionType type(OptionInfo option) {
    switch (option.getType()) {
      case OPTION_TYPE_INTEGER:
        return OptionType.INTEGER;
      case OPTION_TYPE_NUMBER:
        return OptionType.NUMBER;
      case OPTION_TYPE_FLAG:
        return OptionType.FLAG;
      default:
        return OptionType.CHOICE;
    }
  }
}
