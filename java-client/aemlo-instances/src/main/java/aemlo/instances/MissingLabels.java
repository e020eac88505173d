// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

/** What to do where a label's value is missing. */
public enum MissingLabels {
  /** Refuse the data set and name the row. */
  REFUSE,
  /** Take it as "has not the label". */
  ZERO
}
