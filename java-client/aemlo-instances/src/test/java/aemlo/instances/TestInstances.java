// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.SparseInstance;

/** Generated data sets with labels and features mixed. */
final class TestInstances {
  private TestInstances() {}

  /** Attributes x0 (number), y0 {0,1}, c (nominal), y1 {1,0}, x1 (number), y2 {0,1}. */
  static Instances mixed(long seed, int rows, boolean sparse, boolean weights) {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("x0"),
                label("y0", "0", "1"),
                new Attribute("c", List.of("red", "green", "blue")),
                label("y1", "1", "0"),
                new Attribute("x1"),
                label("y2", "0", "1")));
    Instances data = new Instances("mixed", attributes, rows);
    Random random = new Random(seed);
    for (int row = 0; row < rows; row++) {
      double[] values = {
        random.nextInt(3) == 0 ? 0 : random.nextGaussian(),
        random.nextInt(2),
        random.nextInt(5) == 0 ? Double.NaN : random.nextInt(3),
        random.nextInt(2),
        random.nextInt(4) == 0 ? Double.NaN : random.nextInt(3),
        random.nextInt(2)
      };
      double weight = weights ? random.nextInt(4) / 2.0 : 1;
      data.add(sparse ? new SparseInstance(weight, values) : new DenseInstance(weight, values));
    }
    return data;
  }

  static Attribute label(String name, String first, String second) {
    return new Attribute(name, Arrays.asList(first, second));
  }
}
