// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.data.Attribute;
import java.util.ArrayList;
import java.util.List;
import weka.core.Instances;

/** Weka's attributes as columns. */
public final class Columns {
  private Columns() {}

  static Attribute of(weka.core.Attribute attribute) {
    if (attribute.isNumeric()) {
      return Attribute.numeric(attribute.name());
    }
    List<String> values = new ArrayList<>(attribute.numValues());
    for (int value = 0; value < attribute.numValues(); value++) {
      values.add(attribute.value(value));
    }
    return Attribute.nominal(attribute.name(), values);
  }

  /**
   * Refuses what cannot be oversampled.
   *
   * @throws aemlo.client.AemloException names every such attribute
   */
  public static void check(Instances data) {
    List<String> wrong = new ArrayList<>();
    for (int index = 0; index < data.numAttributes(); index++) {
      weka.core.Attribute attribute = data.attribute(index);
      // A date says that it is numeric, too.
      if (attribute.isDate() || attribute.isString() || attribute.isRelationValued()) {
        wrong.add(
            "'" + attribute.name() + "' (" + weka.core.Attribute.typeToString(attribute) + ")");
      }
    }
    if (!wrong.isEmpty()) {
      throw Problems.invalid(
          "attributes that cannot be oversampled: "
              + String.join(", ", wrong)
              + ". Turn text into numbers (StringToWordVector) or values (StringToNominal) and dates into numbers, or take them out (RemoveType) first");
    }
  }
}
