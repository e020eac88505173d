// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mulan.evaluation.measure.ConfidenceMeasureBase;
import mulan.evaluation.measure.MacroAverageMeasure;

/**
 * The mean area under the ROC curve over the labels that some test rows have and others have not.
 * It stands in for Mulan 1.4.0's MacroAUC, which fails with Weka 3.7.11 and later.
 */
public class MacroAuc extends ConfidenceMeasureBase implements MacroAverageMeasure {
  private static final long serialVersionUID = 1L;

  private final List<List<Score>> scores = new ArrayList<>();

  /** For data with that many labels. */
  public MacroAuc(int numOfLabels) {
    for (int label = 0; label < numOfLabels; label++) {
      scores.add(new ArrayList<>());
    }
  }

  @Override
  public String getName() {
    return "Macro-averaged AUC";
  }

  @Override
  public double getIdealValue() {
    return 1;
  }

  @Override
  public void reset() {
    scores.forEach(List::clear);
  }

  @Override
  protected void updateConfidence(double[] confidences, boolean[] truth) {
    for (int label = 0; label < truth.length; label++) {
      scores.get(label).add(new Score(confidences[label], truth[label]));
    }
  }

  @Override
  public double getValue() {
    double sum = 0;
    int defined = 0;
    for (int label = 0; label < scores.size(); label++) {
      double area = getValue(label);
      if (!Double.isNaN(area)) {
        sum += area;
        defined++;
      }
    }
    return sum / defined;
  }

  /**
   * The share of pairs of a row with the label and one without that are in the right order; ties
   * count half. NaN without pairs.
   */
  @Override
  public double getValue(int label) {
    List<Score> sorted = new ArrayList<>(scores.get(label));
    sorted.sort(Comparator.comparingDouble(score -> score.confidence));
    double rightPairs = 0;
    double positives = 0;
    double negativesBelow = 0;
    for (int first = 0; first < sorted.size(); ) {
      int tiedPositives = 0;
      int end = first;
      for (;
          end < sorted.size() && sorted.get(end).confidence == sorted.get(first).confidence;
          end++) {
        tiedPositives += sorted.get(end).positive ? 1 : 0;
      }
      int tiedNegatives = end - first - tiedPositives;
      rightPairs += tiedPositives * (negativesBelow + tiedNegatives / 2.0);
      positives += tiedPositives;
      negativesBelow += tiedNegatives;
      first = end;
    }
    return rightPairs / (positives * negativesBelow);
  }

  private static final class Score implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final double confidence;
    private final boolean positive;

    Score(double confidence, boolean positive) {
      this.confidence = confidence;
      this.positive = positive;
    }
  }
}
