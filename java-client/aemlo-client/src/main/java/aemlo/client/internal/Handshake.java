// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.ServerInfo;
import aemlo.client.option.Method;
import aemlo.client.v1.Device;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.MethodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server said at the first call, compared with what this client was built for. */
final class Handshake {
  /** The version of the contracts that this client is written for. */
  static final int PROTOCOL = 1;

  private final GetServerInfoResponse server;
  private final Map<String, MethodInfo> there = new LinkedHashMap<>();
  private final Map<Method, MethodDifferences> differences = new EnumMap<>(Method.class);

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
    for (MethodInfo method : server.getMethodsList()) {
      there.put(method.getName(), method);
    }
    for (Method method : Method.values()) {
      if (there.containsKey(method.word())) {
        differences.put(method, new MethodDifferences(method, there.get(method.word())));
      }
    }
  }

  /**
   * Checks that these options mean on the server what they mean here.
   *
   * @throws AemloException names the options that do not, or the method that is not there
   */
  void check(AemloOptions options) {
    Method method = options.method();
    if (!differences.containsKey(method)) {
      throw new AemloException(
          AemloException.Reason.INCOMPATIBLE,
          "the server ("
              + server.getServerVersion()
              + ") does not offer the method '"
              + method.word()
              + "', but: "
              + String.join(", ", there.keySet())
              + ". Update it, or use another method");
    }
    List<String> wrong = differences.get(method).of(options);
    if (!wrong.isEmpty()) {
      throw new AemloException(
          AemloException.Reason.INCOMPATIBLE,
          "the server ("
              + server.getServerVersion()
              + ") does not know the options of "
              + method.title()
              + " as this client does: "
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
        List.copyOf(there.keySet()),
        devices,
        (int) Math.min(Integer.MAX_VALUE, server.getLimits().getMaxChunkBytes()),
        allDifferences());
  }

  private List<String> allDifferences() {
    List<String> all = new ArrayList<>();
    for (Method method : Method.values()) {
      if (differences.containsKey(method)) {
        differences.get(method).all().forEach(text -> all.add(method.title() + ": " + text));
      } else {
        all.add("the method '" + method.word() + "' does not exist there");
      }
    }
    return all;
  }
}
