// SPDX-License-Identifier: Apache-2.0
package aemlo.client.data;

import aemlo.client.AemloException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the columns of a data set are. Features and labels are numbered apart, each in the order of
 * the attributes.
 */
public final class DatasetSchema {
  private final String relationName;
  private final List<Attribute> attributes;
  private final List<LabelDefinition> labels;
  private final int[] featureIndices;

  /**
   * A schema.
   *
   * @param labels in the order of their attributes
   * @throws AemloException names the attribute or label that cannot be so
   */
  public DatasetSchema(
      String relationName, List<Attribute> attributes, List<LabelDefinition> labels) {
    this.relationName = relationName;
    this.attributes = List.copyOf(attributes);
    this.labels = List.copyOf(labels);
    checkAttributes();
    checkLabels();
    boolean[] isLabel = new boolean[attributes.size()];
    labels.forEach(label -> isLabel[label.attributeIndex()] = true);
    featureIndices = IntStream.range(0, isLabel.length).filter(index -> !isLabel[index]).toArray();
    if (featureIndices.length == 0) {
      throw invalid("the data set has no features, only labels; name fewer labels");
    }
  }

  public String relationName() {
    return relationName;
  }

  public List<Attribute> attributes() {
    return attributes;
  }

  public List<LabelDefinition> labels() {
    return labels;
  }

  /** d. */
  public int featureCount() {
    return featureIndices.length;
  }

  /** q. */
  public int labelCount() {
    return labels.size();
  }

  /** The position of a feature among all attributes. */
  public int featureIndex(int feature) {
    return featureIndices[feature];
  }

  public Attribute feature(int feature) {
    return attributes.get(featureIndices[feature]);
  }

  public Attribute label(int label) {
    return attributes.get(labels.get(label).attributeIndex());
  }

  private void checkAttributes() {
    Set<String> names = new HashSet<>();
    for (Attribute attribute : attributes) {
      if (attribute.name().isEmpty()) {
        throw invalid("attribute " + (names.size() + 1) + " has no name; give it one");
      }
      if (!names.add(attribute.name())) {
        throw invalid("two attributes are called '" + attribute.name() + "'; rename one");
      }
      if (attribute.isNominal() && attribute.values().isEmpty()) {
        throw invalid(
            "nominal attribute '"
                + attribute.name()
                + "' has no values; remove it, or declare its values");
      }
    }
  }

  private void checkLabels() {
    if (labels.isEmpty()) {
      throw invalid("the data set has no labels; name at least one");
    }
    int previous = -1;
    for (int label = 0; label < labels.size(); label++) {
      LabelDefinition definition = labels.get(label);
      if (definition.attributeIndex() <= previous
          || definition.attributeIndex() >= attributes.size()) {
        throw invalid(
            "label "
                + (label + 1)
                + " is attribute "
                + definition.attributeIndex()
                + ", out of order or not there; list each label once, in the order of the attributes");
      }
      previous = definition.attributeIndex();
      Attribute attribute = attributes.get(previous);
      if (attribute.values().size() != 2) {
        throw invalid(
            "label '"
                + attribute.name()
                + "' must be nominal with two values, such as {0,1}, but "
                + (attribute.isNominal()
                    ? "has " + attribute.values().size()
                    : "is " + attribute.declaredType()));
      }
      checkAncestors(label);
    }
  }

  private void checkAncestors(int label) {
    int steps = 0;
    for (int parent = labels.get(label).parent();
        parent != LabelDefinition.ROOT;
        parent = labels.get(parent).parent()) {
      if (parent < 0 || parent >= labels.size() || ++steps > labels.size()) {
        throw invalid(
            "label '"
                + attributes.get(labels.get(label).attributeIndex()).name()
                + "' has a parent that is not there, or is its own ancestor; mend the hierarchy");
      }
    }
  }

  private static AemloException invalid(String message) {
    return new AemloException(AemloException.Reason.INVALID_ARGUMENT, message);
  }
}
