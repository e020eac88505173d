// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import weka.core.Attribute;
import weka.core.Instances;

/** Finds the labels of a data set from what the user wrote, or from the data set itself. */
public final class LabelSelection {
  /** What can be written. */
  public static final String POSSIBILITIES =
      "first-N, last-N, a Mulan label file (labels.xml), or attribute names with commas between them";

  private static final Pattern RANGE =
      Pattern.compile("(first|last)[-:]\\s*([0-9]{1,9})", Pattern.CASE_INSENSITIVE);

  // Filters append their own names directly behind the number, hence no blank is asked for there.
  private static final Pattern MEKA = Pattern.compile("(?<=[\\s:])-C\\s+(-?[0-9]{1,9})(?![0-9.])");

  private LabelSelection() {}

  /**
   * Finds the labels.
   *
   * @param text as {@link #POSSIBILITIES} says; empty for MEKA's -C in the relation's name,
   *     otherwise the class
   * @throws aemlo.client.AemloException there are none, or not those
   */
  public static LabelView find(Instances data, String text, MissingLabels missing) {
    String wanted = text.trim();
    if (wanted.isEmpty()) {
      return automatic(data, missing);
    }
    Matcher range = RANGE.matcher(wanted);
    if (range.matches()) {
      return range(
          data,
          Integer.parseInt(range.group(2)),
          range.group(1).equalsIgnoreCase("last"),
          false,
          missing);
    }
    Path file = existing(wanted);
    if (file != null) {
      LabelFile labels = LabelFile.read(file);
      return named(data, labels.names(), labels.parents(), missing);
    }
    if (wanted.toLowerCase(java.util.Locale.ROOT).endsWith(".xml")) {
      throw Problems.invalid("the label file '" + wanted + "' does not exist; check the path");
    }
    List<String> names = Arrays.asList(wanted.split("\\s*,\\s*"));
    return named(
        data, names, new ArrayList<>(java.util.Collections.nCopies(names.size(), null)), missing);
  }

  /** The labels of data as MEKA keeps it in memory: the attributes before the class index. */
  public static MultiLabels meka(Instances data, MissingLabels missing) {
    if (data.classIndex() < 1) {
      throw Problems.invalid(
          "MEKA's labels are the attributes before the class index, which is "
              + data.classIndex()
              + "; set it to the number of labels");
    }
    return range(data, data.classIndex(), false, true, missing);
  }

  private static LabelView automatic(Instances data, MissingLabels missing) {
    int colon = data.relationName().indexOf(':');
    Matcher options = MEKA.matcher(data.relationName());
    if (colon >= 0 && options.find(colon + 1)) {
      int count = Integer.parseInt(options.group(1));
      int index = data.classIndex();
      // MEKA has moved labels to the front once the class index is their number, and may have left
      // some of them out.
      boolean moved =
          index > 0
              && index <= Math.abs(count)
              && IntStream.range(0, index).allMatch(label -> isTwoValued(data.attribute(label)));
      return range(data, moved ? index : Math.abs(count), count < 0 && !moved, true, missing);
    }
    if (data.classIndex() < 0) {
      throw Problems.invalid(
          "no labels: the data set has neither MEKA's -C in its relation's name nor a class; set the option labels to "
              + POSSIBILITIES);
    }
    Attribute attribute = data.classAttribute();
    if (!attribute.isNominal() || attribute.numValues() < 2) {
      throw Problems.invalid(
          "the class '"
              + attribute.name()
              + "' is "
              + Attribute.typeToString(attribute)
              + (attribute.isNominal() ? " with " + attribute.numValues() + " values" : "")
              + ", where a nominal one with two values or more is needed; choose a nominal class, or set the option labels to "
              + POSSIBILITIES);
    }
    return ClassLabels.of(data);
  }

  private static MultiLabels range(
      Instances data, int count, boolean last, boolean meka, MissingLabels missing) {
    if (count < 1 || count >= data.numAttributes()) {
      throw Problems.invalid(
          count
              + " labels of "
              + data.numAttributes()
              + " attributes; there must be at least one label and one feature");
    }
    int first = last ? data.numAttributes() - count : 0;
    int[] attributes = IntStream.range(first, first + count).toArray();
    return labels(
        data, attributes, IntStream.generate(() -> -1).limit(count).toArray(), meka, missing);
  }

  private static MultiLabels named(
      Instances data, List<String> names, List<String> parents, MissingLabels missing) {
    int[] attributes = new int[names.size()];
    for (int label = 0; label < attributes.length; label++) {
      Attribute attribute = data.attribute(names.get(label));
      if (attribute == null) {
        throw Problems.invalid(
            "there is no attribute '"
                + names.get(label)
                + "' to be a label; names are case-sensitive; labels can be "
                + POSSIBILITIES);
      }
      attributes[label] = attribute.index();
    }
    int[] order =
        IntStream.range(0, attributes.length)
            .boxed()
            .sorted((a, b) -> attributes[a] - attributes[b])
            .mapToInt(Integer::intValue)
            .toArray();
    List<String> ordered = new ArrayList<>();
    Arrays.stream(order).forEach(label -> ordered.add(names.get(label)));
    int[] positions =
        Arrays.stream(order)
            .map(label -> parents.get(label) == null ? -1 : ordered.indexOf(parents.get(label)))
            .toArray();
    return labels(
        data,
        Arrays.stream(order).map(label -> attributes[label]).toArray(),
        positions,
        false,
        missing);
  }

  private static MultiLabels labels(
      Instances data, int[] attributes, int[] parents, boolean meka, MissingLabels missing) {
    int[] positive = new int[attributes.length];
    for (int label = 0; label < attributes.length; label++) {
      Attribute attribute = data.attribute(attributes[label]);
      if (!isTwoValued(attribute)) {
        throw Problems.invalid(
            "label '"
                + attribute.name()
                + "' must be nominal with two values, such as {0,1}, but is "
                + Attribute.typeToString(attribute)
                + (attribute.isNominal() ? " with " + attribute.numValues() : "")
                + "; labels can be "
                + POSSIBILITIES);
      }
      // MEKA takes the second value whatever it is; everybody else takes "1" where the values are 0
      // and 1.
      boolean reversed = !meka && attribute.value(0).equals("1") && attribute.value(1).equals("0");
      positive[label] = reversed ? 0 : 1;
    }
    return MultiLabels.of(data, attributes, positive, parents, missing);
  }

  private static boolean isTwoValued(Attribute attribute) {
    return attribute.isNominal() && attribute.numValues() == 2;
  }

  private static Path existing(String text) {
    try {
      Path path = Path.of(text);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException notAPath) {
      return null;
    }
  }
}
