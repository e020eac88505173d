// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.SparseInstance;

/**
 * Data as MEKA has it in memory: labels first, the class index their number. Values have few
 * digits, so that ARFF holds them exactly.
 */
public final class TestData {
  public static final int LABELS = 3;

  /** Options for a training that is over at once. */
  public static final String FAST = "-hidden 16 -latent 8 -epochs 2 -threads 1 -minority-rule all";

  private TestData() {}

  public static Instances meka(int rows, boolean sparse) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int label = 0; label < LABELS; label++) {
      attributes.add(new Attribute("y" + label, List.of("0", "1")));
    }
    attributes.add(new Attribute("colour", List.of("red", "green", "blue")));
    for (int feature = 0; feature < 5; feature++) {
      attributes.add(new Attribute("x" + feature));
    }
    Instances data = new Instances("small: -C " + LABELS, attributes, rows);
    Random random = new Random(5);
    for (int row = 0; row < rows; row++) {
      double[] values = new double[attributes.size()];
      for (int label = 0; label < LABELS; label++) {
        values[label] = random.nextInt(2 + label) == 0 ? 1 : 0;
      }
      values[LABELS] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(3);
      for (int feature = LABELS + 1; feature < values.length; feature++) {
        values[feature] =
            random.nextInt(3) == 0
                ? 0
                : Math.round(1000 * (random.nextGaussian() + values[feature % LABELS])) / 1000.0;
      }
      data.add(sparse ? new SparseInstance(1, values) : new DenseInstance(1, values));
    }
    data.setClassIndex(LABELS);
    return data;
  }
}
