// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import mulan.classifier.MultiLabelOutput;
import org.junit.jupiter.api.Test;

class MacroAucTest {
  @Test
  void getValue_RandomScoresWithTies_EqualsTheCountOverAllPairs() {
    Random random = new Random(4);
    int rows = 60;
    double[][] scores = new double[rows][2];
    boolean[][] truth = new boolean[rows][2];
    MacroAuc measure = new MacroAuc(2);
    for (int row = 0; row < rows; row++) {
      scores[row] = new double[] {random.nextInt(6) / 5.0, random.nextDouble()};
      truth[row] = new boolean[] {random.nextBoolean(), random.nextInt(5) == 0};
      measure.update(new MultiLabelOutput(scores[row], .5), truth[row]);
    }

    double sum = 0;
    for (int label = 0; label < 2; label++) {
      double right = 0;
      int pairs = 0;
      for (int a = 0; a < rows; a++) {
        for (int b = 0; b < rows; b++) {
          if (truth[a][label] && !truth[b][label]) {
            pairs++;
            right +=
                scores[a][label] > scores[b][label]
                    ? 1
                    : scores[a][label] == scores[b][label] ? .5 : 0;
          }
        }
      }
      assertThat(measure.getValue(label)).isCloseTo(right / pairs, within(1e-12));
      sum += right / pairs;
    }
    assertThat(measure.getValue()).isCloseTo(sum / 2, within(1e-12));
  }

  @Test
  void getValue_LabelThatNoRowHas_IsLeftOut() {
    MacroAuc measure = new MacroAuc(2);
    measure.update(new MultiLabelOutput(new double[] {.9, .1}, .5), new boolean[] {true, false});
    measure.update(new MultiLabelOutput(new double[] {.1, .2}, .5), new boolean[] {false, false});

    assertThat(measure.getValue(1)).isNaN();
    assertThat(measure.getValue()).isEqualTo(1);
  }
}
