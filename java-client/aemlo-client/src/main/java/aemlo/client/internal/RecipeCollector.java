// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.JobSummary;
import aemlo.client.LabelEdit;
import aemlo.client.OversamplingResult;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.FeatureLayout;
import aemlo.client.v1.LabelEdits;
import aemlo.client.v1.NewRows;
import aemlo.client.v1.RecipeHeader;
import aemlo.client.v1.RecipePart;
import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the parts of a recipe together. After a lost connection the parts come again, but for the
 * new rows received.
 */
final class RecipeCollector {
  private final DatasetSchema schema;
  private final int inputRows;
  private RecipeHeader header;
  private int[] kept;
  private int keptCount;
  private int[] clones;
  private int cloneCount;
  private final List<LabelEdit> edits = new ArrayList<>();
  private MatrixBuilder rows;
  private RowBlockReader reader;
  private int[] seeds;
  private int[] neighbours;
  private int newRows;

  RecipeCollector(DatasetSchema schema, int inputRows) {
    this.schema = schema;
    this.inputRows = inputRows;
  }

  /** New rows received so far. */
  int newRows() {
    return newRows;
  }

  void add(RecipePart part) {
    if (part.hasHeader()) {
      begin(part.getHeader());
      return;
    }
    require(header != null, "a part of a recipe before its header");
    switch (part.getPartCase()) {
      case KEPT_ROWS:
        keptCount = take(part.getKeptRows().getRows(), kept, keptCount, "kept rows");
        break;
      case LABEL_EDITS:
        edit(part.getLabelEdits());
        break;
      case CLONE_SOURCES:
        cloneCount = take(part.getCloneSources().getRows(), clones, cloneCount, "clones");
        break;
      case NEW_ROWS:
        append(part.getNewRows());
        break;
      default:
        throw protocol("an empty part of a recipe");
    }
  }

  OversamplingResult finish(JobSummary summary) {
    require(header != null, "a report without a recipe");
    require(header.getKeepsAll() || keptCount == kept.length, keptCount + " kept rows");
    require(
        cloneCount == clones.length && edits.size() == header.getLabelEditCount(),
        cloneCount + " clones and " + edits.size() + " label edits");
    require(
        newRows == seeds.length, newRows + " new rows where " + seeds.length + " were announced");
    MultiLabelMatrix matrix = rows.build();
    return new OversamplingResult(
        header.getKeepsAll() ? null : kept, edits, clones, matrix, seeds, neighbours, summary);
  }

  private void begin(RecipeHeader next) {
    require(
        next.getInputRowCount() == inputRows, "a recipe for " + next.getInputRowCount() + " rows");
    require(header == null || header.equals(next), "another recipe after the connection was lost");
    kept = new int[count(next.getKeptRowCount())];
    clones = new int[count(next.getCloneCount())];
    keptCount = cloneCount = 0;
    edits.clear();
    if (header == null) {
      int count = count(next.getNewRowCount());
      boolean sparse = next.getLayout() == FeatureLayout.FEATURE_LAYOUT_SPARSE;
      rows =
          sparse
              ? MultiLabelMatrix.sparse(schema, count, 0)
              : MultiLabelMatrix.dense(schema, count);
      reader = new RowBlockReader(schema, next.getValueType(), sparse, next.getHasWeights());
      seeds = new int[count];
      neighbours = next.getHasNeighbours() ? new int[count] : null;
    }
    header = next;
  }

  private void append(NewRows part) {
    int count = part.getRows().getRowCount();
    require(part.getFirstRow() == newRows, "new rows from " + part.getFirstRow() + " on");
    require(count <= seeds.length - newRows, "more new rows than announced");
    require(part.getSeedRows().size() == count * 4L, "a number of seed rows");
    reader.append(part.getRows(), rows);
    fill(part.getSeedRows(), seeds, newRows, 0);
    if (neighbours != null) {
      require(part.getNeighbourRows().size() == count * 4L, "a number of neighbours");
      fill(part.getNeighbourRows(), neighbours, newRows, -1);
    }
    newRows += count;
  }

  private int take(ByteString bytes, int[] target, int at, String what) {
    require(bytes.size() / 4 <= target.length - at, "more " + what + " than announced");
    return fill(bytes, target, at, 0);
  }

  private int fill(ByteString bytes, int[] target, int at, int lowest) {
    IntBuffer numbers = ints(bytes);
    int end = at;
    while (numbers.hasRemaining()) {
      int row = numbers.get();
      require(row >= lowest && row < inputRows, "row number " + row);
      target[end++] = row;
    }
    return end;
  }

  private void edit(LabelEdits part) {
    IntBuffer where = ints(part.getRows());
    IntBuffer which = ints(part.getLabels());
    require(
        where.remaining() == which.remaining() && where.remaining() == part.getValues().size(),
        "label edits of different lengths");
    for (int i = 0; where.hasRemaining(); i++) {
      LabelEdit edit = new LabelEdit(where.get(), which.get(), part.getValues().byteAt(i) != 0);
      require(
          edit.row() >= 0
              && edit.row() < inputRows
              && edit.label() >= 0
              && edit.label() < schema.labelCount(),
          "an edit of a label that is not there");
      edits.add(edit);
    }
  }

  private static IntBuffer ints(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  private static int count(long wanted) {
    require(wanted >= 0 && wanted <= Integer.MAX_VALUE, Long.toUnsignedString(wanted) + " rows");
    return (int) wanted;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw protocol(what);
    }
  }

  private static AemloException protocol(String what) {
    return new AemloException(
        AemloException.Reason.PROTOCOL,
        "the server sends "
            + what
            + ", which does not fit; use client and server of the same version");
  }
}
