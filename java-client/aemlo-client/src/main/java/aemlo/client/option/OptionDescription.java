// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

import aemlo.client.AemloException;
import java.math.BigDecimal;
import java.util.List;

/** One option of a method: its name, what it means, and what it allows. */
public final class OptionDescription {
  private final String name;
  private final OptionType type;
  private final String description;
  private final String unit;
  private final String source;
  private final String defaultValue;
  private final Range range;
  private final List<String> choices;
  private final String unsetMeaning;
  private final boolean affectsTraining;

  public OptionDescription(
      String name,
      OptionType type,
      String description,
      String unit,
      String source,
      String defaultValue,
      Range range,
      List<String> choices,
      String unsetMeaning,
      boolean affectsTraining) {
    this.name = name;
    this.type = type;
    this.description = description;
    this.unit = unit;
    this.source = source;
    this.defaultValue = defaultValue;
    this.range = range;
    this.choices = List.copyOf(choices);
    this.unsetMeaning = unsetMeaning;
    this.affectsTraining = affectsTraining;
  }

  /** The command line's name without its dashes. */
  public String name() {
    return name;
  }

  public OptionType type() {
    return type;
  }

  /** One sentence, without a full stop. */
  public String description() {
    return description;
  }

  /** The unit of the value; empty when it has none. */
  public String unit() {
    return unit;
  }

  /** Where it comes from: an equation, a section, a measurement. */
  public String source() {
    return source;
  }

  /** The value in the preset "default"; null when it has none there. */
  public String defaultValue() {
    return defaultValue;
  }

  /** The words of a choice; otherwise empty. */
  public List<String> choices() {
    return choices;
  }

  /** What leaving it unset means; null when it always has a value. */
  public String unsetMeaning() {
    return unsetMeaning;
  }

  /** Whether it changes the trained model. */
  public boolean affectsTraining() {
    return affectsTraining;
  }

  /** What it allows, in words. */
  public String allowed() {
    switch (type) {
      case CHOICE:
        return String.join(" | ", choices);
      case FLAG:
        return "true | false";
      default:
        return (type == OptionType.INTEGER ? "a whole number in " : "a number in ") + range;
    }
  }

  /**
   * Checks a value.
   *
   * @return the value in the one spelling that everything compares and hashes
   * @throws AemloException it is not allowed; the message names the option and what is
   */
  public String check(String value) {
    String text = value == null ? "" : value.trim();
    String normal = normal(text);
    if (normal == null) {
      throw new AemloException(
          AemloException.Reason.INVALID_ARGUMENT,
          "option " + name + ": '" + text + "' is not allowed; allowed: " + allowed());
    }
    return normal;
  }

  private String normal(String text) {
    switch (type) {
      case CHOICE:
        return choices.contains(text) ? text : null;
      case FLAG:
        return text.equals("true") || text.equals("false") ? text : null;
      default:
        try {
          BigDecimal number = new BigDecimal(text);
          boolean fits =
              range.contains(number.doubleValue())
                  && (type == OptionType.NUMBER || number.stripTrailingZeros().scale() <= 0);
          return fits ? plain(number) : null;
        } catch (NumberFormatException notANumber) {
          return null;
        }
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /**
   * What differs in a server's description of the option in what it allows; null when nothing does.
   */
  public String difference(OptionDescription there) {
    if (type != there.type) {
      return "is " + there.type + " there and " + type + " here";
    }
    return allowed().equals(there.allowed())
        ? null
        : "allows " + there.allowed() + " there and " + allowed() + " here";
  }
}
