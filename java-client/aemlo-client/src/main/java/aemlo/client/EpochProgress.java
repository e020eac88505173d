// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import java.time.Duration;

/** How a training stands after an epoch. */
public final class EpochProgress {
  private final int epoch;
  private final int epochs;
  private final double loss;
  private final double macroF1;
  private final boolean onValidation;
  private final double rowsPerSecond;
  private final Duration remaining;
  private final String device;

  public EpochProgress(
      int epoch,
      int epochs,
      double loss,
      double macroF1,
      boolean onValidation,
      double rowsPerSecond,
      Duration remaining,
      String device) {
    this.epoch = epoch;
    this.epochs = epochs;
    this.loss = loss;
    this.macroF1 = macroF1;
    this.onValidation = onValidation;
    this.rowsPerSecond = rowsPerSecond;
    this.remaining = remaining;
    this.device = device;
  }

  /** 1-based number of the epoch just finished. */
  public int epoch() {
    return epoch;
  }

  /** How many there will be. */
  public int epochs() {
    return epochs;
  }

  /** The weighted sum that is minimised. */
  public double loss() {
    return loss;
  }

  /** Mean F1 over the labels at their best thresholds. */
  public double macroF1() {
    return macroF1;
  }

  /** Whether {@link #macroF1} is of held-out rows. */
  public boolean onValidation() {
    return onValidation;
  }

  public double rowsPerSecond() {
    return rowsPerSecond;
  }

  /** Estimate for the epochs left. */
  public Duration remaining() {
    return remaining;
  }

  /** The device really used. */
  public String device() {
    return device;
  }
}
