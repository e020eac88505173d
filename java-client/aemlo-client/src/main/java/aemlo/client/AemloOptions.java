// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import aemlo.client.option.Method;
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
 * A method, a preset of it, and the options that differ from that. Immutable; every value has been
 * checked against its range.
 */
public final class AemloOptions implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SEED = "seed";

  /** Null in what was written before there were other methods than AEMLO. */
  private final Method method;

  private final String preset;
  private final TreeMap<String, String> values;

  private AemloOptions(Method method, String preset, Map<String, String> values) {
    this.method = method;
    this.preset = preset;
    this.values = new TreeMap<>(values);
  }

  /** AEMLO's recommended preset with nothing changed. */
  public static AemloOptions defaults() {
    return builder().build();
  }

  /** AEMLO's options, from the preset "default". */
  public static Builder builder() {
    return builder(Method.AEMLO);
  }

  /** A method's options, from the preset "default". */
  public static Builder builder(Method method) {
    return new Builder(method, OptionCatalog.DEFAULT_PRESET, Map.of());
  }

  /** Options that start from these. */
  public Builder toBuilder() {
    return new Builder(method(), preset, values);
  }

  /** The method that they are for. */
  public Method method() {
    return method == null ? Method.AEMLO : method;
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
   *
   * @throws AemloException the method has no such option
   */
  public String value(String name) {
    OptionCatalog.get(method(), name);
    String value = values.get(name);
    return value != null ? value : OptionCatalog.preset(method(), preset).get(name);
  }

  /** The seed; empty when the server is to draw one. */
  public OptionalLong seed() {
    String seed = value(SEED);
    return seed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AemloOptions
        && ((AemloOptions) other).method() == method()
        && ((AemloOptions) other).preset.equals(preset)
        && ((AemloOptions) other).values.equals(values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(method(), preset, values);
  }

  @Override
  public String toString() {
    return method().word() + ", preset " + preset + (values.isEmpty() ? "" : " with " + values);
  }

  /**
   * Collects options; every setter checks its value at once. Setters of options that the method
   * does not have throw an {@link AemloException}.
   */
  public static final class Builder extends TypedOptions<Builder> {
    private final TreeMap<String, String> values;
    private Method method;
    private String preset;

    private Builder(Method method, String preset, Map<String, String> values) {
      this.method = method;
      this.preset = preset;
      this.values = new TreeMap<>(values);
    }

    /**
     * Takes another method; options that were set stay set, and the preset stays the same.
     *
     * @throws AemloException it does not have that preset, or one of the options, or does not allow
     *     its value; nothing has changed then
     */
    public Builder method(Method value) {
      OptionCatalog.preset(value, preset);
      values.forEach((name, set) -> OptionCatalog.get(value, name).check(set));
      method = value;
      return this;
    }

    /**
     * Takes another method, by name: mlsol or MLSOL.
     *
     * @throws AemloException there is no such method, or as above
     */
    public Builder method(String name) {
      return method(OptionCatalog.method(name));
    }

    /**
     * Starts from another preset; options that were set stay set.
     *
     * @throws AemloException the method has no such preset
     */
    public Builder preset(Preset value) {
      return preset(value.word());
    }

    /**
     * Starts from another preset, by name.
     *
     * @throws AemloException the method has no such preset
     */
    public Builder preset(String name) {
      OptionCatalog.preset(method, name);
      preset = name;
      return this;
    }

    /**
     * Sets an option by name.
     *
     * @throws AemloException the method has no such option, or the value is not allowed
     */
    @Override
    public Builder set(String name, String value) {
      values.put(name, OptionCatalog.get(method, name).check(value));
      return this;
    }

    /** Lets an option follow the preset again. */
    public Builder unset(String name) {
      OptionCatalog.get(method, name);
      values.remove(name);
      return this;
    }

    /** The options as they are now. */
    public AemloOptions build() {
      return new AemloOptions(method, preset, values);
    }
  }
}
