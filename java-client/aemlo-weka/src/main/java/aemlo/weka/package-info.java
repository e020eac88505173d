// SPDX-License-Identifier: GPL-3.0-or-later
/** What the classes that Weka and MEKA find by their own packages' names are made of. */
package aemlo.weka;
