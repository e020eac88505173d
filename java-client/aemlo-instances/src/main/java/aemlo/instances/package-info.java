// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Weka's Instances to the client's data sets and back; shared by the adapters to Weka, MEKA and
 * Mulan.
 */
package aemlo.instances;
