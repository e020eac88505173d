// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import java.util.List;
import java.util.Objects;

/** One column: a number, or one of a list of values. */
public final class Attribute {
  private final String name;
  private final String declaredType;
  private final List<String> values;

  private Attribute(String name, String declaredType, List<String> values) {
    this.name = Objects.requireNonNull(name, "name");
    this.declaredType = declaredType;
    this.values = List.copyOf(values);
  }

  /** A number. */
  public static Attribute numeric(String name) {
    return numeric(name, "");
  }

  /**
   * A number that was declared as "numeric", "real" or "integer"; an empty word means "numeric".
   */
  public static Attribute numeric(String name, String declaredType) {
    return new Attribute(name, declaredType.isEmpty() ? "numeric" : declaredType, List.of());
  }

  /** One of a list of values; rows hold the 0-based position in the list. */
  public static Attribute nominal(String name, List<String> values) {
    return new Attribute(name, "", values);
  }

  public String name() {
    return name;
  }

  public boolean isNominal() {
    return declaredType.isEmpty();
  }

  /** The word a number was declared with; empty for a nominal attribute. */
  public String declaredType() {
    return declaredType;
  }

  /** The declared values; empty for a number. */
  public List<String> values() {
    return values;
  }
}
