// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import aemlo.client.AemloClient;
import aemlo.client.AemloOptions;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerSettings;
import aemlo.client.option.OptionCatalog;
import java.io.Serializable;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import weka.core.Instance;
import weka.core.Instances;

/**
 * Resamples Weka's Instances. Immutable; holds settings only, so that it can be copied and written
 * with its owner.
 */
public final class InstancesOversampler implements Serializable {
  /**
   * The option whose default depends on the labels: unset, it is what {@link LabelView} says. Of
   * the methods some have it.
   */
  public static final String MINORITY_RULE = "minority-rule";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger("aemlo");

  private final ServerSettings server;
  private final AemloOptions options;

  public InstancesOversampler(ServerSettings server, AemloOptions options) {
    this.server = server;
    this.options = options;
  }

  /**
   * Resamples a data set; nothing in it is changed.
   *
   * @param originals gets the given instances that stay, in order, and clones, before any new one
   * @param synthetic gets the new ones
   * @return how they came about
   * @throws aemlo.client.AemloException there is no result; nobody was given anything
   */
  public OversamplingResult run(
      Instances data,
      LabelView view,
      ProgressListener listener,
      Consumer<Instance> originals,
      Consumer<Instance> synthetic) {
    Conversion conversion = new Conversion(data, view);
    OversamplingResult result =
        AemloClient.shared(server).oversample(conversion.matrix(), optionsFor(view), listener);
    for (String warning : result.summary().warnings()) {
      LOG.log(Level.WARNING, "{0}: {1}", new Object[] {data.relationName(), warning});
    }
    conversion.apply(result, originals, synthetic);
    return result;
  }

  private AemloOptions optionsFor(LabelView view) {
    boolean chosen = options.values().containsKey(MINORITY_RULE);
    boolean applies = OptionCatalog.has(options.method(), MINORITY_RULE);
    return chosen || !applies || view.minorityRule() == null
        ? options
        : options.toBuilder().set(MINORITY_RULE, view.minorityRule()).build();
  }
}
