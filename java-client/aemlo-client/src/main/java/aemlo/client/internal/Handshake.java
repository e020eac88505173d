// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.ServerInfo;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import aemlo.client.option.OptionType;
import aemlo.client.option.Range;
import aemlo.client.v1.Device;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.MethodInfo;
import aemlo.client.v1.OptionInfo;
import aemlo.client.v1.PresetInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the server said at the first call, compared with what this client was built for. */
final class Handshake {
  /** The version of the contracts that this client is written for. */
  static final int PROTOCOL = 1;

  static final String METHOD = "aemlo";

  private final GetServerInfoResponse server;
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final Map<String, String> presetProblems = new LinkedHashMap<>();

  Handshake(GetServerInfoResponse server, String address) {
    this.server = server;
    if (PROTOCOL < server.getOldestProtocolVersion()
        || PROTOCOL > server.getNewestProtocolVersion()) {
      String older = PROTOCOL > server.getNewestProtocolVersion() ? "the server" : "this client";
      throw new AemloException(
          AemloException.Reason.INCOMPATIBLE,
          "this client speaks version "
              + PROTOCOL
              + " of the contracts, the aemlo server at "
              + address
              + " ("
              + server.getServerVersion()
              + ") versions "
              + server.getOldestProtocolVersion()
              + " to "
              + server.getNewestProtocolVersion()
              + ": update "
              + older);
    }
    MethodInfo method =
        server.getMethodsList().stream()
            .filter(m -> m.getName().equals(METHOD))
            .findFirst()
            .orElseThrow(
                () ->
                    new AemloException(
                        AemloException.Reason.INCOMPATIBLE,
                        "the server at "
                            + address
                            + " does not offer the method '"
                            + METHOD
                            + "'; update it"));
    compareOptions(method);
    comparePresets(method);
  }

  /**
   * Checks that these options mean on the server what they mean here.
   *
   * @throws AemloException names the options that do not
   */
  void check(AemloOptions options) {
    List<String> wrong =
        options.values().keySet().stream()
            .filter(problems::containsKey)
            .map(problems::get)
            .collect(Collectors.toList());
    if (presetProblems.containsKey(options.preset())) {
      wrong.add(presetProblems.get(options.preset()));
    }
    if (!wrong.isEmpty()) {
      throw new AemloException(
          AemloException.Reason.INCOMPATIBLE,
          "the server ("
              + server.getServerVersion()
              + ") does not know the options as this client does: "
              + String.join("; ", wrong)
              + ". Use client and server of the same version");
    }
  }

  /**
   * How long a job may run for a caller who waits that long; null where the server's own limit ends
   * it earlier.
   */
  Duration timeLimit(Duration wanted) {
    com.google.protobuf.Duration longest = server.getLimits().getMaxJobTime();
    boolean limited = longest.getSeconds() > 0 || longest.getNanos() > 0;
    return limited
            && wanted.compareTo(Duration.ofSeconds(longest.getSeconds(), longest.getNanos())) >= 0
        ? null
        : wanted;
  }

  ServerInfo info() {
    List<ServerInfo.DeviceInfo> devices = new ArrayList<>();
    for (Device device : server.getDevicesList()) {
      devices.add(
          new ServerInfo.DeviceInfo(
              device.getName(),
              device.getDescription(),
              device.getMemoryTotalBytes(),
              device.getReady()));
    }
    List<String> differences = new ArrayList<>(problems.values());
    differences.addAll(presetProblems.values());
    String torch =
        "TorchSharp "
            + server.getTorchSharpVersion()
            + (server.getLibtorchVersion().isEmpty()
                ? ""
                : ", libtorch " + server.getLibtorchVersion());
    return new ServerInfo(
        server.getServerVersion(),
        torch,
        server.getTenant(),
        devices,
        (int) Math.min(Integer.MAX_VALUE, server.getLimits().getMaxChunkBytes()),
        differences);
  }

  private void compareOptions(MethodInfo method) {
    Map<String, OptionInfo> there = new HashMap<>();
    method.getOptionsList().forEach(option -> there.put(option.getName(), option));
    for (OptionDescription here : OptionCatalog.all()) {
      OptionInfo option = there.get(here.name());
      String difference =
          option == null ? "does not exist there" : here.difference(describe(option));
      if (difference != null) {
        problems.put(here.name(), "option '" + here.name() + "' " + difference);
      }
    }
  }

  private void comparePresets(MethodInfo method) {
    Map<String, Map<String, String>> there =
        method.getPresetsList().stream()
            .collect(Collectors.toMap(PresetInfo::getName, PresetInfo::getOptionsMap));
    for (String preset : OptionCatalog.presets()) {
      Map<String, String> values = there.get(preset);
      List<String> changed = new ArrayList<>();
      for (OptionDescription option : OptionCatalog.all()) {
        String here = OptionCatalog.preset(preset).get(option.name());
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
