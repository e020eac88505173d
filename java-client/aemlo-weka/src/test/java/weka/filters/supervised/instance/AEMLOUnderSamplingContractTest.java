// SPDX-License-Identifier: GPL-3.0-or-later
package weka.filters.supervised.instance;

import weka.core.Utils;
import weka.filters.Filter;

/** Weka's own tests of a filter, with a method that takes rows away; against a server process. */
public class AEMLOUnderSamplingContractTest extends AEMLOContractTest {
  private static final int TAKEN = 2;

  public AEMLOUnderSamplingContractTest(String name) {
    super(name);
  }

  @Override
  public Filter getFilter() {
    AEMLO filter = new AEMLO();
    try {
      filter.setOptions(Utils.splitOptions("-method lprus -num " + TAKEN));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    return filter;
  }

  @Override
  int change() {
    return -TAKEN;
  }
}
