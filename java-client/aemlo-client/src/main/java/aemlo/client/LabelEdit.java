// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

/** One label of one original that a method changed. */
public final class LabelEdit {
  private final int row;
  private final int label;
  private final boolean value;

  public LabelEdit(int row, int label, boolean value) {
    this.row = row;
    this.label = label;
    this.value = value;
  }

  /** 0-based position among the given rows. */
  public int row() {
    return row;
  }

  /** 0-based position among the labels. */
  public int label() {
    return label;
  }

  /** Whether the row has the label now. */
  public boolean value() {
    return value;
  }
}
