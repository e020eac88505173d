// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import aemlo.client.AemloException;
import java.util.ArrayList;
import java.util.List;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.AbstractFilterTest;
import weka.filters.Filter;

/**
 * Weka's own tests of a filter, on data whose class has several values; against a server process.
 */
public class AEMLOContractTest extends AbstractFilterTest {
  public AEMLOContractTest(String name) {
    super(name);
  }

  @Override
  protected void setUp() throws Exception {
    super.setUp();
    m_Instances = withNominalClass(usable(m_Instances));
  }

  @Override
  public Filter getFilter() {
    AEMLO filter = new AEMLO();
    try {
      filter.setOptions(Utils.splitOptions("-hidden 16 -latent 8 -epochs 2 -threads 1 -num 5"));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    return filter;
  }

  @Override
  protected Instances getFilteredClassifierData() throws Exception {
    return withNominalClass(usable(super.getFilteredClassifierData()));
  }

  /** The filter refuses text, dates and relations by name. */
  public void testRefusesWhatCannotBeOversampled() throws Exception {
    super.setUp();
    Instances data = withNominalClass(new Instances(m_Instances));
    List<String> names = new ArrayList<>();
    for (int index = 0; index < data.numAttributes(); index++) {
      if (!isUsable(data.attribute(index))) {
        names.add("'" + data.attribute(index).name() + "'");
      }
    }
    assertFalse(names.isEmpty());
    try {
      getFilter().setInputFormat(data);
    } catch (AemloException refused) {
      names.forEach(name -> assertTrue(name, refused.getMessage().contains(name)));
      return;
    }
    fail("string, date or relational attributes were taken");
  }

  /** The data of these tests, and the options of {@link #getFilter}, change the number of rows. */
  public void testChangesTheNumberOfRows() throws Exception {
    Filter filter = getFilter();
    filter.setInputFormat(m_Instances);
    assertEquals(
        m_Instances.numInstances() + change(),
        Filter.useFilter(m_Instances, filter).numInstances());
  }

  /** By how many rows there are more or fewer afterwards. */
  int change() {
    return 5;
  }

  private static Instances usable(Instances data) {
    Instances usable = new Instances(data);
    usable.setClassIndex(-1);
    for (int index = usable.numAttributes() - 1; index >= 0; index--) {
      if (!isUsable(usable.attribute(index))) {
        usable.deleteAttributeAt(index);
      }
    }
    return usable;
  }

  private static boolean isUsable(Attribute attribute) {
    return attribute.isNominal() || attribute.isNumeric() && !attribute.isDate();
  }

  /** The class is the first nominal attribute, which has three values. */
  Instances withNominalClass(Instances data) throws Exception {
    int index = 0;
    while (!data.attribute(index).isNominal()) {
      index++;
    }
    data.setClassIndex(index);
    return data;
  }
}
