// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mulan alone, with our Macro-AUC: what the learners give without the oversampler. */
class BaselineTest {
  @ParameterizedTest
  @CsvSource({
    "emotions, MLkNN, .6109, .8277, .1627",
    "emotions, BR, .5508, .6676, .3255",
    "emotions, RAkEL, .6256, .8033, .2020",
    "emotions, ECC, .6335, .8351, .1649",
    "emotions, CLR, .6232, .8346, .1465",
    "yeast, MLkNN, .3871, .6919, .1660",
    "yeast, BR, .3841, .5796, .3155",
  })
  void crossValidate_WithoutOversampler_GivesMulansValues(
      String data, String learner, double macroF, double macroAuc, double rankingLoss)
      throws Exception {
    double[] means =
        Experiments.crossValidate(Experiments.learner(learner), Experiments.read(data));

    assertThat(means).containsExactly(new double[] {macroF, macroAuc, rankingLoss}, within(5.1e-5));
  }
}
