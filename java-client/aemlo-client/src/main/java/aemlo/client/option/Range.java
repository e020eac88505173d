// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

import java.math.BigDecimal;

/** The numbers that an option allows; a bound that is null is none. */
public final class Range {
  private static final double LONGEST_PLAIN = 1e16;

  private final Double minimum;
  private final boolean minimumExclusive;
  private final Double maximum;
  private final boolean maximumExclusive;

  public Range(Double minimum, boolean minimumExclusive, Double maximum, boolean maximumExclusive) {
    this.minimum = minimum;
    this.minimumExclusive = minimumExclusive;
    this.maximum = maximum;
    this.maximumExclusive = maximumExclusive;
  }

  /** Whether a number lies in the range. */
  public boolean contains(double number) {
    boolean low = minimum != null && (minimumExclusive ? number <= minimum : number < minimum);
    boolean high = maximum != null && (maximumExclusive ? number >= maximum : number > maximum);
    return Double.isFinite(number) && !low && !high;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Range && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    String low = minimum == null ? "(-inf" : (minimumExclusive ? "(" : "[") + plain(minimum);
    String high = maximum == null ? "inf)" : plain(maximum) + (maximumExclusive ? ")" : "]");
    return low + ", " + high;
  }

  private static String plain(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return Math.abs(number) < LONGEST_PLAIN ? exact.toPlainString() : exact.toString();
  }
}
