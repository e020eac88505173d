// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.data.MultiLabelMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Cells converted a second, dense rows. Run it with {@code main}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ConversionBenchmark {
  static final int ROWS = 2000;
  static final int FEATURES = 500;
  static final int CELLS = ROWS * FEATURES;
  private static final int LABELS = 20;

  private final Instances data = dense();

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public MultiLabelMatrix convert() {
    return new Conversion(data, LabelSelection.find(data, "last-" + LABELS, MissingLabels.REFUSE))
        .matrix();
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(ConversionBenchmark.class.getSimpleName())
                .forks(0)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build())
        .run();
  }

  private static Instances dense() {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int feature = 0; feature < FEATURES; feature++) {
      attributes.add(
          feature % 4 == 0
              ? new Attribute("n" + feature, List.of("a", "b", "c"))
              : new Attribute("x" + feature));
    }
    for (int label = 0; label < LABELS; label++) {
      attributes.add(TestInstances.label("y" + label, "0", "1"));
    }
    Instances data = new Instances("dense", attributes, ROWS);
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      double[] values = new double[attributes.size()];
      for (int attribute = 0; attribute < values.length; attribute++) {
        values[attribute] =
            attribute >= FEATURES
                ? random.nextInt(2)
                : attribute % 4 == 0 ? random.nextInt(3) : random.nextGaussian();
      }
      data.add(new DenseInstance(1, values));
    }
    return data;
  }
}
