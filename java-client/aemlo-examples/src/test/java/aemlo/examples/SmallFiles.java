// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Small data sets as files: for Mulan (labels last, and their XML), for MEKA (labels first), and
 * with one class.
 */
final class SmallFiles {
  private static final int ROWS = 120;
  private static final int FEATURES = 6;
  private static final int LABELS = 4;

  private SmallFiles() {}

  static void write(Path folder) throws IOException {
    StringBuilder features = new StringBuilder();
    for (int feature = 0; feature < FEATURES; feature++) {
      features.append("@attribute x").append(feature).append(" numeric\n");
    }
    StringBuilder labels = new StringBuilder();
    StringBuilder xml =
        new StringBuilder(
            "<?xml version=\"1.0\"?>\n<labels xmlns=\"http://mulan.sourceforge.net/labels\">\n");
    for (int label = 0; label < LABELS; label++) {
      labels.append("@attribute y").append(label).append(" {0,1}\n");
      xml.append("<label name=\"y").append(label).append("\"/>\n");
    }
    StringBuilder mulan = new StringBuilder("@relation small\n" + features + labels + "@data\n");
    StringBuilder meka =
        new StringBuilder("@relation 'small: -C " + LABELS + "'\n" + labels + features + "@data\n");
    StringBuilder weka =
        new StringBuilder(
            "@relation small\n" + features + "@attribute class {common,rare}\n@data\n");
    Random random = new Random(8);
    for (int row = 0; row < ROWS; row++) {
      StringBuilder x = new StringBuilder();
      StringBuilder y = new StringBuilder();
      boolean[] has = new boolean[LABELS];
      for (int label = 0; label < LABELS; label++) {
        // The last label is rare enough for the paper's rule.
        has[label] = label == LABELS - 1 ? row % 15 == 0 : random.nextInt(3) > 0;
        y.append(label == 0 ? "" : ",").append(has[label] ? 1 : 0);
      }
      for (int feature = 0; feature < FEATURES; feature++) {
        x.append(feature == 0 ? "" : ",")
            .append(
                Math.round(100 * random.nextGaussian() + (has[feature % LABELS] ? 150 : 0))
                    / 100.0);
      }
      mulan.append(x).append(',').append(y).append('\n');
      meka.append(y).append(',').append(x).append('\n');
      weka.append(x).append(',').append(has[LABELS - 1] ? "rare" : "common").append('\n');
    }
    Files.writeString(folder.resolve("mulan.arff"), mulan);
    Files.writeString(folder.resolve("mulan.xml"), xml.append("</labels>\n"));
    Files.writeString(folder.resolve("meka.arff"), meka);
    Files.writeString(folder.resolve("weka.arff"), weka);
  }
}
