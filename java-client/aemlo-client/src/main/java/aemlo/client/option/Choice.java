// SPDX-License-Identifier: Apache-2.0
package aemlo.client.option;

/** A word that an option takes. */
public interface Choice {
  /** The word as the command line spells it. */
  String word();
}
