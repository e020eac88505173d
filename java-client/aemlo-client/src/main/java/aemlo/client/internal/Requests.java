// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloOptions;
import aemlo.client.data.DatasetDigest;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import aemlo.client.v1.JobControl;
import aemlo.client.v1.MethodSpec;
import aemlo.client.v1.OversampleRequest;
import com.google.protobuf.Duration;
import java.util.UUID;

/** Makes requests and the names by which the server knows an equal one again. */
final class Requests {
  private final String digest;
  private final AemloOptions options;
  private final java.time.Duration timeLimit;
  private final String name;

  Requests(String digest, AemloOptions options, java.time.Duration timeLimit) {
    this.digest = digest;
    this.options = options;
    this.timeLimit = timeLimit;
    this.name =
        "java-"
            + (options.seed().isPresent()
                ? DatasetDigest.ofText(content())
                : UUID.randomUUID().toString());
  }

  /**
   * The name of an attempt. Equal data, options and seed give equal names, so that the server
   * trains once for them; a drawn seed makes every request another one.
   */
  String id(int attempt) {
    return attempt == 0 ? name : name + "-" + (attempt + 1);
  }

  OversampleRequest oversample(int attempt) {
    JobControl.Builder control =
        JobControl.newBuilder().setRequestId(id(attempt)).setKeepRunning(true);
    if (timeLimit != null) {
      control.setTimeLimit(
          Duration.newBuilder().setSeconds(timeLimit.getSeconds()).setNanos(timeLimit.getNano()));
    }
    MethodSpec.Builder method =
        MethodSpec.newBuilder()
            .setMethod(options.method().word())
            .setPreset(options.preset())
            .putAllOptions(options.values());
    return OversampleRequest.newBuilder()
        .setControl(control)
        .setDatasetDigest(digest)
        .setMethod(method)
        .build();
  }

  private String content() {
    StringBuilder text =
        new StringBuilder(options.method().word())
            .append('\n')
            .append(digest)
            .append('\n')
            .append(options.preset());
    for (OptionDescription option : OptionCatalog.all(options.method())) {
      text.append('\n').append(option.name()).append('=').append(options.value(option.name()));
    }
    return text.toString();
  }
}
