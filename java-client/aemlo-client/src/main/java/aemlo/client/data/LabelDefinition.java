// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

/**
 * One label: which attribute it is, which of its two values means "has the label", and its parent.
 */
public final class LabelDefinition {
  /** No parent. */
  public static final int ROOT = -1;

  private final int attributeIndex;
  private final int positiveValue;
  private final int parent;

  /**
   * A label.
   *
   * @param attributeIndex 0-based position among all attributes
   * @param positiveValue 0 or 1: the position of the value that means "has the label"
   * @param parent 0-based position of the parent among the labels in the order of the attributes,
   *     or {@link #ROOT}
   */
  public LabelDefinition(int attributeIndex, int positiveValue, int parent) {
    this.attributeIndex = attributeIndex;
    this.positiveValue = positiveValue;
    this.parent = parent;
  }

  public int attributeIndex() {
    return attributeIndex;
  }

  public int positiveValue() {
    return positiveValue;
  }

  public int parent() {
    return parent;
  }
}
