// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import aemlo.client.AemloOptions;
import aemlo.client.ServerSettings;
import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import aemlo.instances.InstancesOversampler;
import aemlo.instances.MissingLabels;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import weka.core.SelectedTag;
import weka.core.Tag;
import weka.core.Utils;

/**
 * The settings of the filter as Weka's bean properties: the server, the labels, the method, the
 * preset and every option of AEMLO, and one text for the options of the other methods.
 */
public abstract class AemloFilter extends MethodOptionsFilter {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_SEED = 1;
  private static final double MINUTES_A_DAY = 24 * 60;

  /** AEMLO's, which have a property each. */
  private AemloOptions options = AemloOptions.defaults();

  /** Those of the method that is used instead of AEMLO; null where AEMLO is used. */
  private AemloOptions others;

  private int seed = DEFAULT_SEED;
  private String labels = "";
  private MissingLabels missingLabels = MissingLabels.REFUSE;
  private String server = "";
  private String tokenVariable = "";
  private String tokenFile = "";
  private String trust = "";
  private double timeout = MINUTES_A_DAY;

  /** Everything as it is in a new filter. */
  final void reset() {
    options = AemloOptions.defaults();
    others = null;
    seed = DEFAULT_SEED;
    labels = server = tokenVariable = tokenFile = trust = "";
    missingLabels = MissingLabels.REFUSE;
    timeout = MINUTES_A_DAY;
  }

  /** What is sent to the server. */
  protected final AemloOptions methodOptions() {
    return changedOptions().toBuilder().seed(Integer.toUnsignedLong(seed)).build();
  }

  /** The method, and the options of it that differ from the preset. */
  final AemloOptions changedOptions() {
    return others == null ? options : others;
  }

  /** Takes a method with its options. */
  final void use(AemloOptions given) {
    if (given.method() != Method.AEMLO) {
      others = given;
      return;
    }
    others = null;
    options = AemloOptions.builder().preset(given.preset()).build();
    given.values().forEach(this::setOptionValue);
  }

  protected final ServerSettings serverSettings() {
    ServerSettings.Builder settings =
        ServerSettings.builder()
            .address(server)
            .tokenFromEnvironment(tokenVariable)
            .timeout(Duration.ofMillis((long) (timeout * 60_000)));
    if (!tokenFile.isEmpty()) {
      settings.tokenFromFile(Path.of(tokenFile));
    }
    if (!trust.isEmpty()) {
      settings.trust(Path.of(trust));
    }
    return settings.build();
  }

  protected final MissingLabels missingLabels() {
    return missingLabels;
  }

  @Override
  protected final String optionValue(String name) {
    return options.value(name);
  }

  @Override
  protected final void setOptionValue(String name, String value) {
    OptionDescription option = OptionCatalog.get(Method.AEMLO, name);
    String preset = OptionCatalog.preset(Method.AEMLO, options.preset()).get(name);
    // Left unset, the rule for classes is not the preset's: choosing the preset's has to count.
    boolean follows =
        value == null
            || preset != null
                && !name.equals(InstancesOversampler.MINORITY_RULE)
                && option.check(value).equals(option.check(preset));
    options =
        follows
            ? options.toBuilder().unset(name).build()
            : options.toBuilder().set(name, value).build();
  }

  @Override
  protected final Tag[] tagsOf(String name) {
    return Tags.of(OptionCatalog.get(Method.AEMLO, name).choices());
  }

  public SelectedTag getMethod() {
    return new SelectedTag(changedOptions().method().word(), Tags.METHODS);
  }

  public void setMethod(SelectedTag value) {
    Method method = OptionCatalog.method(value.getSelectedTag().getIDStr());
    if (method != changedOptions().method()) {
      others = method == Method.AEMLO ? null : AemloOptions.builder(method).build();
    }
  }

  public String methodTipText() {
    return "Resampling method. AEMLO has a property for each of its options; the options of any other method stand in otherOptions, which choosing another method empties.";
  }

  public String getOtherOptions() {
    return others == null || others.equals(AemloOptions.builder(others.method()).build())
        ? ""
        : Utils.joinOptions(OptionWords.of(others).toArray(new String[0]));
  }

  public void setOtherOptions(String value) throws Exception {
    String[] words = Utils.splitOptions(value);
    if (others != null) {
      AemloOptions given = OptionWords.take(others.method(), words);
      Utils.checkForRemainingOptions(words);
      others = given;
    } else if (words.length > 0) {
      throw new IllegalArgumentException(
          "otherOptions is '"
              + value
              + "', but the method is AEMLO, which has a property for each option; choose the method first");
    }
  }

  public String otherOptionsTipText() {
    return "Options of a method other than AEMLO, as on the command line: -rate 0.3 -neighbours 5. Empty: the method's defaults.";
  }

  public SelectedTag getPreset() {
    return new SelectedTag(options.preset(), Tags.of(OptionCatalog.presets(Method.AEMLO)));
  }

  public void setPreset(SelectedTag value) {
    options = options.toBuilder().preset(value.getSelectedTag().getIDStr()).build();
  }

  public String presetTipText() {
    return "Where the options of AEMLO start from; what was not set otherwise changes with it.";
  }

  public int getSeed() {
    return seed;
  }

  public void setSeed(int value) {
    seed = value;
  }

  public String seedTipText() {
    return "Seed of every random draw; a negative one stands for 2^32 more.";
  }

  public String getLabels() {
    return labels;
  }

  public void setLabels(String value) {
    labels = value.trim();
  }

  public String labelsTipText() {
    return "Where the labels are: first-N, last-N, a Mulan label file (.xml), or attribute names with commas between. Empty: MEKA's -C in the relation's name, otherwise the class.";
  }

  public SelectedTag getMissingLabels() {
    return new SelectedTag(missingLabels.name().toLowerCase(Locale.ROOT), Tags.MISSING_LABELS);
  }

  public void setMissingLabels(SelectedTag value) {
    missingLabels =
        MissingLabels.valueOf(value.getSelectedTag().getIDStr().toUpperCase(Locale.ROOT));
  }

  public String missingLabelsTipText() {
    return "What to do where the value of a label is missing: refuse the data, or take it as zero.";
  }

  public String getServer() {
    return server;
  }

  public void setServer(String value) {
    server = value.trim();
  }

  public String serverTipText() {
    return "Address of an aemlo server: host:port, http://host:port or https://host:port. Empty: the one that the environment variable AEMLO_SERVER names, otherwise one is started here.";
  }

  public String getTokenVariable() {
    return tokenVariable;
  }

  public void setTokenVariable(String value) {
    tokenVariable = value.trim();
  }

  public String tokenVariableTipText() {
    return "Name of the environment variable that holds the token for the server; never the token itself.";
  }

  public File getTokenFile() {
    return new File(tokenFile);
  }

  public void setTokenFile(File value) {
    tokenFile = value.getPath();
  }

  public String tokenFileTipText() {
    return "File that holds the token for the server.";
  }

  public File getTrust() {
    return new File(trust);
  }

  public void setTrust(File value) {
    trust = value.getPath();
  }

  public String trustTipText() {
    return "PEM file of the authority that signed the certificate of a server with https.";
  }

  public double getTimeout() {
    return timeout;
  }

  public void setTimeout(double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "timeout is " + value + " minutes; give a time above zero");
    }
    timeout = value;
  }

  public String timeoutTipText() {
    return "Longest time for one run, waiting for the server included, in minutes.";
  }
}
