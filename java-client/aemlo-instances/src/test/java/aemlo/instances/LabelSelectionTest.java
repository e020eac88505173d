// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aemlo.client.AemloException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Attribute;
import weka.core.Instances;

class LabelSelectionTest {
  @TempDir Path folder;

  @Test
  void find_Ranges_AreCountedFromEitherEnd() {
    Instances data = data("r", "l0", "l1", "x", "l2", "l3");

    assertThat(labels(data, "first-2")).containsExactly("l0", "l1");
    assertThat(labels(data, "LAST:2")).containsExactly("l2", "l3");
    assertThat(labels(data, " l3 , l0")).containsExactly("l0", "l3");
  }

  @Test
  void find_MekaOption_IsReadFromTheRelation() {
    assertThat(labels(data("r: -C 2", "l0", "l1", "x"), "")).containsExactly("l0", "l1");
    assertThat(labels(data("r: -C -2", "x", "l0", "l1"), "")).containsExactly("l0", "l1");
    assertThat(labels(data("'r: -C 2'-weka.filters.Some", "l0", "l1", "x"), ""))
        .containsExactly("l0", "l1");
  }

  @Test
  void find_MekaDataWithLabelsMovedToTheFront_TrustsTheClassIndex() {
    Instances data = data("r: -C -2", "l0-", "l1-", "x", "z");
    data.setClassIndex(2);
    assertThat(labels(data, "")).containsExactly("l0-", "l1-");

    data.setClassIndex(1);
    assertThat(labels(data, "")).as("a part of the labels").containsExactly("l0-");
  }

  @Test
  void find_MekaDataWithTheClassIndexThatWekasExplorerSets_TrustsTheName() {
    Instances data = data("r: -C 2", "l0", "l1", "x", "z");
    data.setClassIndex(3);

    assertThat(labels(data, "")).containsExactly("l0", "l1");
  }

  @Test
  void find_LabelFile_BringsTheHierarchyInTheOrderOfTheAttributes() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("my labels.xml"),
            "<?xml version='1.0'?><labels xmlns='http://mulan.sourceforge.net/labels'><label name='l3'><label name='l0'/></label><label name='l2'/></labels>");
    Instances data = data("r", "l0", "x", "l2", "l3");

    var schema =
        new Conversion(data, LabelSelection.find(data, file.toString(), MissingLabels.REFUSE))
            .matrix()
            .schema();

    assertThat(schema.labels()).extracting("attributeIndex").containsExactly(0, 2, 3);
    assertThat(schema.labels()).extracting("parent").containsExactly(2, -1, -1);
  }

  @Test
  void find_LabelFileWithDocumentType_OpensNothingElse() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "l0");
    Path file =
        Files.writeString(
            folder.resolve("l.xml"),
            "<!DOCTYPE labels [<!ENTITY e SYSTEM '"
                + secret.toUri()
                + "'>]><labels><label name='&e;'/></labels>");

    refused(data("r", "l0", "x"), file.toString(), "l.xml");
  }

  @Test
  void find_ReversedValues_MeanOneEverywhereButInMeka() {
    Instances data =
        new Instances(
            "r: -C 1",
            new ArrayList<>(List.of(new Attribute("y", List.of("1", "0")), new Attribute("x"))),
            1);
    assertThat(
            new Conversion(data, LabelSelection.find(data, "first-1", MissingLabels.REFUSE))
                .matrix()
                .schema()
                .labels()
                .get(0)
                .positiveValue())
        .isZero();
    assertThat(
            new Conversion(data, LabelSelection.find(data, "", MissingLabels.REFUSE))
                .matrix()
                .schema()
                .labels()
                .get(0)
                .positiveValue())
        .isEqualTo(1);
  }

  @Test
  void find_WhatIsNotThere_SaysWhatCanBe() {
    Instances data = data("r", "l0", "x", "l1");
    refused(data, "", "neither MEKA's -C", "first-N");
    refused(data, "l7", "'l7'", "case-sensitive");
    refused(data, "x", "'x' must be nominal", "numeric");
    refused(data, "first-3", "3 labels of 3 attributes");
    refused(data, "first-0", "0 labels");
    refused(data, "none.xml", "does not exist");
    data.setClassIndex(1);
    refused(data, "", "class 'x' is numeric");
    refused(data("r: -C 9", "l0", "x"), "", "9 labels of 2 attributes");
  }

  @Test
  void meka_ClassIndex_IsTheNumberOfLabels() {
    Instances data = data("r", "l0", "l1", "x");
    assertThatThrownBy(() -> LabelSelection.meka(data, MissingLabels.REFUSE))
        .isInstanceOf(AemloException.class)
        .hasMessageContaining("class index");
    data.setClassIndex(2);
    assertThat(LabelSelection.meka(data, MissingLabels.REFUSE).count()).isEqualTo(2);
  }

  private static void refused(Instances data, String text, String... words) {
    assertThatThrownBy(() -> LabelSelection.find(data, text, MissingLabels.REFUSE))
        .isInstanceOfSatisfying(
            AemloException.class, error -> assertThat(error.getMessage()).contains(words));
  }

  private static List<String> labels(Instances data, String text) {
    MultiLabels labels = (MultiLabels) LabelSelection.find(data, text, MissingLabels.REFUSE);
    List<String> names = new ArrayList<>();
    for (int label = 0; label < labels.count(); label++) {
      names.add(data.attribute(labels.attribute(label)).name());
    }
    return names;
  }

  private static Instances data(String relation, String... names) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (String name : names) {
      attributes.add(
          name.startsWith("l") ? TestInstances.label(name, "0", "1") : new Attribute(name));
    }
    return new Instances(relation, attributes, 0);
  }
}
