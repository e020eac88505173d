/*
 * Counts what Mulan's sampling methods make of a data set.
 *
 * This program links Mulan and is therefore, unlike the rest of the project, under the GNU General Public License:
 * you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free
 * Software Foundation, either version 3 of the License, or (at your option) any later version. It is distributed in the
 * hope that it will be useful, but WITHOUT ANY WARRANTY. See <https://www.gnu.org/licenses/>.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mulan.data.MultiLabelInstances;
import mulan.sampling.MLSMOTE;
import mulan.sampling.MLSOL;
import mulan.sampling.MultiLabelRandomOverSampling;
import mulan.sampling.MultiLabelSampling;
import mulan.sampling.MutilLabelRandomUnderSampling;
import mulan.sampling.REMEDIAL;
import weka.core.Instances;

/**
 * Prints comma-separated lines: method, seed, seconds, rows, and for each label how many rows have it. The first line names
 * the columns. Arguments: DATA.arff LABELS.xml SEEDS RATE METHOD...
 */
public final class MulanSampling {

  private MulanSampling() {}

  public static void main(String[] args) throws Exception {
    MultiLabelInstances data = new MultiLabelInstances(args[0], args[1]);
    int seeds = Integer.parseInt(args[2]);
    double rate = Double.parseDouble(args[3]);
    int[] labels = data.getLabelIndices();
    String names =
        IntStream.of(labels).mapToObj(label -> data.getDataSet().attribute(label).name()).collect(Collectors.joining(","));
    System.out.println("method,seed,seconds,rows," + names);
    for (int method = 4; method < args.length; method++) {
      for (int seed = 1; seed <= seeds; seed++) {
        MultiLabelSampling sampling = create(args[method]);
        sampling.setP(rate);
        sampling.setSeed(seed);
        long start = System.nanoTime();
        Instances made = sampling.build(data).getDataSet();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            java.util.Locale.ROOT, "%s,%d,%.3f,%d,%s%n", args[method], seed, seconds, made.numInstances(), counts(made, labels));
      }
    }
  }

  private static MultiLabelSampling create(String method) {
    switch (method) {
      case "mlros":
        return new MultiLabelRandomOverSampling();
      case "mlrus":
        return new MutilLabelRandomUnderSampling();
      case "mlsmote":
        return new MLSMOTE();
      case "mlsol":
        return new MLSOL();
      case "remedial":
        return new REMEDIAL();
      default:
        throw new IllegalArgumentException("Mulan has no method " + method);
    }
  }

  private static String counts(Instances rows, int[] labels) {
    return IntStream.of(labels)
        .mapToLong(label -> rows.stream().filter(row -> row.stringValue(label).equals("1")).count())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }
}
