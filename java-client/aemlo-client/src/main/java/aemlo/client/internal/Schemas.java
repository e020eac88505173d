// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.data.Attribute;
import aemlo.client.data.DatasetSchema;
import aemlo.client.data.LabelDefinition;
import aemlo.client.v1.Label;
import aemlo.client.v1.NominalType;
import aemlo.client.v1.NumericType;

/** Schemas as messages. */
final class Schemas {
  private Schemas() {}

  static aemlo.client.v1.DatasetSchema toMessage(DatasetSchema schema) {
    aemlo.client.v1.DatasetSchema.Builder message =
        aemlo.client.v1.DatasetSchema.newBuilder().setRelationName(schema.relationName());
    for (Attribute attribute : schema.attributes()) {
      aemlo.client.v1.Attribute.Builder column =
          aemlo.client.v1.Attribute.newBuilder().setName(attribute.name());
      if (attribute.isNominal()) {
        column.setNominal(NominalType.newBuilder().addAllValues(attribute.values()));
      } else {
        column.setNumeric(NumericType.newBuilder().setDeclaredType(attribute.declaredType()));
      }
      message.addAttributes(column);
    }
    for (LabelDefinition definition : schema.labels()) {
      Label.Builder label =
          Label.newBuilder()
              .setAttributeIndex(definition.attributeIndex())
              .setPositiveValue(definition.positiveValue());
      if (definition.parent() != LabelDefinition.ROOT) {
        label.setParent(definition.parent());
      }
      message.addLabels(label);
    }
    return message.build();
  }
}
