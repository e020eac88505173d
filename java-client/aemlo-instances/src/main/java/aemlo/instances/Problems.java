// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.AemloException;

/** Exceptions about data. */
final class Problems {
  private Problems() {}

  static AemloException invalid(String message) {
    return new AemloException(AemloException.Reason.INVALID_ARGUMENT, message);
  }
}
