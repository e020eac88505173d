// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.mulan.sampling;

import aemlo.client.AemloOptions;
import aemlo.client.ServerSettings;
import aemlo.client.option.OptionCatalog;
import aemlo.mulan.AemloOversampler;
import mulan.data.MultiLabelInstances;
import mulan.sampling.MultiLabelSampling;
import weka.core.TechnicalInformation;

/**
 * AEMLO, or the method that the options name, for the sampling package of Mulan's master branch. P
 * is the rate of methods that have one and seed the seed, as everywhere in that package; what other
 * options say of them does not count.
 */
public class AEMLO extends MultiLabelSampling {
  private static final long serialVersionUID = 1L;

  private final AemloOversampler oversampler = new AemloOversampler();

  public AemloOptions getOptions() {
    return oversampler.getOptions();
  }

  public void setOptions(AemloOptions options) {
    oversampler.setOptions(options);
  }

  public ServerSettings getServer() {
    return oversampler.getServer();
  }

  public void setServer(ServerSettings server) {
    oversampler.setServer(server);
  }

  @Override
  public MultiLabelInstances build(MultiLabelInstances data) {
    AemloOptions.Builder options = getOptions().toBuilder().seed(Integer.toUnsignedLong(seed));
    if (OptionCatalog.has(getOptions().method(), "rate")) {
      options.rate(P);
    }
    AemloOversampler ready = new AemloOversampler(options.build());
    ready.setServer(getServer());
    return ready.oversample(data);
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return oversampler.getTechnicalInformation();
  }
}
