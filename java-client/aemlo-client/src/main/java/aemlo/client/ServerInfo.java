// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import java.util.List;

/** What a server says of itself. */
public final class ServerInfo {
  private final String version;
  private final String torchVersion;
  private final String tenant;
  private final List<String> methods;
  private final List<DeviceInfo> devices;
  private final int maxChunkBytes;
  private final List<String> differences;

  public ServerInfo(
      String version,
      String torchVersion,
      String tenant,
      List<String> methods,
      List<DeviceInfo> devices,
      int maxChunkBytes,
      List<String> differences) {
    this.version = version;
    this.torchVersion = torchVersion;
    this.tenant = tenant;
    this.methods = List.copyOf(methods);
    this.devices = List.copyOf(devices);
    this.maxChunkBytes = maxChunkBytes;
    this.differences = List.copyOf(differences);
  }

  /** Version of AEMLO Bridge. */
  public String version() {
    return version;
  }

  /** Versions of TorchSharp and libtorch. */
  public String torchVersion() {
    return torchVersion;
  }

  /** The tenant that the token stands for. */
  public String tenant() {
    return tenant;
  }

  /** The names of the methods that it offers. */
  public List<String> methods() {
    return methods;
  }

  public List<DeviceInfo> devices() {
    return devices;
  }

  /** Largest message of an upload; 0 for no limit. */
  public int maxChunkBytes() {
    return maxChunkBytes;
  }

  /**
   * Methods that this client knows and the server does not, and options and presets that the server
   * describes in another way than this client.
   */
  public List<String> differences() {
    return differences;
  }

  /** Where jobs run. */
  public static final class DeviceInfo {
    private final String name;
    private final String description;
    private final long memoryBytes;
    private final boolean ready;

    public DeviceInfo(String name, String description, long memoryBytes, boolean ready) {
      this.name = name;
      this.description = description;
      this.memoryBytes = memoryBytes;
      this.ready = ready;
    }

    /** For example "cpu" or "cuda:0". */
    public String name() {
      return name;
    }

    public String description() {
      return description;
    }

    /** All of its memory; 0 when not known. */
    public long memoryBytes() {
      return memoryBytes;
    }

    /** Whether a worker is up. */
    public boolean ready() {
      return ready;
    }
  }
}
