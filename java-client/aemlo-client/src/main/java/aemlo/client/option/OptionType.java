// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

/** What kind of value an option takes. */
public enum OptionType {
  /** A whole number. */
  INTEGER,
  /** A real number. */
  NUMBER,
  /** true or false. */
  FLAG,
  /** One of a list of words. */
  CHOICE
}
