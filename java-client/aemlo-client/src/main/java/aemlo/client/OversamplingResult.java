// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import aemlo.client.data.MultiLabelMatrix;
import java.util.List;

/**
 * What to do to the rows that were given, as a recipe: the originals that stay, in order, with the
 * labels edited in them, then clones of originals, then new rows. Originals are named by their
 * 0-based position and never sent back.
 */
public final class OversamplingResult {
  private final int[] keptRows;
  private final List<LabelEdit> labelEdits;
  private final int[] cloneSources;
  private final MultiLabelMatrix newRows;
  private final int[] seedRows;
  private final int[] neighbourRows;
  private final JobSummary summary;

  public OversamplingResult(
      int[] keptRows,
      List<LabelEdit> labelEdits,
      int[] cloneSources,
      MultiLabelMatrix newRows,
      int[] seedRows,
      int[] neighbourRows,
      JobSummary summary) {
    this.keptRows = keptRows;
    this.labelEdits = List.copyOf(labelEdits);
    this.cloneSources = cloneSources;
    this.newRows = newRows;
    this.seedRows = seedRows;
    this.neighbourRows = neighbourRows;
    this.summary = summary;
  }

  /** Originals that stay, ascending; null when all do. */
  public int[] keptRows() {
    return keptRows == null ? null : keptRows.clone();
  }

  /** Labels changed in originals that stay; empty for AEMLO. */
  public List<LabelEdit> labelEdits() {
    return labelEdits;
  }

  /** Originals to repeat; empty for AEMLO. */
  public int[] cloneSources() {
    return cloneSources.clone();
  }

  /** Rows that did not exist before. */
  public MultiLabelMatrix newRows() {
    return newRows;
  }

  /** The original that a new row was made from. */
  public int seedRow(int newRow) {
    return seedRows[newRow];
  }

  /** The second parent of a new row, -1 for none. */
  public int neighbourRow(int newRow) {
    return neighbourRows == null ? -1 : neighbourRows[newRow];
  }

  /** How the rows came about. */
  public JobSummary summary() {
    return summary;
  }
}
