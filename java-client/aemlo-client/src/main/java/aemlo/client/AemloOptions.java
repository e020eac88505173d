// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import aemlo.client.option.OptionCatalog;
import aemlo.client.option.Preset;
import aemlo.client.option.TypedOptions;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A preset and the options that differ from it. Immutable; every value has been checked against its
 * range.
 */
public final class AemloOptions implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SEED = "seed";

  private final String preset;
  private final TreeMap<String, String> values;

  private AemloOptions(String preset, Map<String, String> values) {
    this.preset = preset;
    this.values = new TreeMap<>(values);
  }

  /** The recommended preset with nothing changed. */
  public static AemloOptions defaults() {
    return builder().build();
  }

  /** Options that start from the preset "default". */
  public static Builder builder() {
    return new Builder(OptionCatalog.DEFAULT_PRESET, Map.of());
  }

  /** Options that start from these. */
  public Builder toBuilder() {
    return new Builder(preset, values);
  }

  /** The name of the preset that they start from. */
  public String preset() {
    return preset;
  }

  /** The options that were set, by name, in the text of the command line. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * The value that counts: the one that was set, otherwise the preset's; null when neither is
   * there.
   */
  public String value(String name) {
    OptionCatalog.get(name);
    String value = values.get(name);
    return value != null ? value : OptionCatalog.preset(preset).get(name);
  }

  /** The seed; empty when the server is to draw one. */
  public OptionalLong seed() {
    String seed = value(SEED);
    return seed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AemloOptions
        && ((AemloOptions) other).preset.equals(preset)
        && ((AemloOptions) other).values.equals(values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(preset, values);
  }

  @Override
  public String toString() {
    return "preset " + preset + (values.isEmpty() ? "" : " with " + values);
  }

  /** Collects options; every setter checks its value at once. */
  public static final class Builder extends TypedOptions<Builder> {
    private final TreeMap<String, String> values;
    private String preset;

    private Builder(String preset, Map<String, String> values) {
      this.preset = preset;
      this.values = new TreeMap<>(values);
    }

    /** Starts from another preset; options that were set stay set. */
    public Builder preset(Preset value) {
      preset = value.word();
      return this;
    }

    /**
     * Starts from another preset, by name.
     *
     * @throws AemloException there is no such preset
     */
    public Builder preset(String name) {
      OptionCatalog.preset(name);
      preset = name;
      return this;
    }

    /**
     * Sets an option by name.
     *
     * @throws AemloException there is no such option, or the value is not allowed
     */
    @Override
    public Builder set(String name, String value) {
      values.put(name, OptionCatalog.get(name).check(value));
      return this;
    }

    /** Lets an option follow the preset again. */
    public Builder unset(String name) {
      OptionCatalog.get(name);
      values.remove(name);
      return this;
    }

    /** The options as they are now. */
    public AemloOptions build() {
      return new AemloOptions(preset, values);
    }
  }
}
