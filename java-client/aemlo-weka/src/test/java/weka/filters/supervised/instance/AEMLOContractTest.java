// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import aemlo.weka.TestData;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.AbstractFilterTest;
import weka.filters.Filter;

/** Weka's own tests of a filter, on data whose class is nominal; against a server process. */
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
    m_Instances.setClassIndex(1);
    Filter filter = getFilter();
    try {
      filter.setInputFormat(m_Instances);
      Filter.useFilter(m_Instances, filter);
    } catch (Exception refused) {
      assertNotNull(refused.getMessage());
      return;
    }
    fail("string, date or relational attributes were taken");
  }

  /** The data of these tests, and the fast options of {@link TestData}, make new rows. */
  public void testAddsRows() throws Exception {
    Filter filter = getFilter();
    filter.setInputFormat(m_Instances);
    assertEquals(
        m_Instances.numInstances() + 5, Filter.useFilter(m_Instances, filter).numInstances());
  }

  private static Instances usable(Instances data) {
    Instances usable = new Instances(data);
    usable.setClassIndex(-1);
    for (int index = usable.numAttributes() - 1; index >= 0; index--) {
      Attribute attribute = usable.attribute(index);
      if (attribute.isString() || attribute.isDate() || attribute.isRelationValued()) {
        usable.deleteAttributeAt(index);
      }
    }
    return usable;
  }

  private static Instances withNominalClass(Instances data) {
    int index = 0;
    while (!data.attribute(index).isNominal()) {
      index++;
    }
    data.setClassIndex(index);
    return data;
  }
}
