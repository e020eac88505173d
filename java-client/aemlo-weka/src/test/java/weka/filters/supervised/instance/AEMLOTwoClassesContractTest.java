// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import weka.core.Instances;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.MergeTwoValues;

/** Weka's own tests of a filter, on data whose class has two values; against a server process. */
public class AEMLOTwoClassesContractTest extends AEMLOContractTest {
  public AEMLOTwoClassesContractTest(String name) {
    super(name);
  }

  @Override
  Instances withNominalClass(Instances data) throws Exception {
    Instances merged = super.withNominalClass(data);
    int index = merged.classIndex();
    merged.setClassIndex(-1);
    while (merged.attribute(index).numValues() > 2) {
      MergeTwoValues merge = new MergeTwoValues();
      merge.setAttributeIndex(String.valueOf(index + 1));
      merge.setInputFormat(merged);
      merged = Filter.useFilter(merged, merge);
    }
    merged.setClassIndex(index);
    return merged;
  }
}
