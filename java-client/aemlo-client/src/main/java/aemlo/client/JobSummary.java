// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

import java.util.List;

/** How the result of a job came about. */
public final class JobSummary {
  private final String jobId;
  private final long seed;
  private final String device;
  private final long requestedRows;
  private final boolean reused;
  private final List<String> warnings;
  private final String reportJson;

  public JobSummary(
      String jobId,
      long seed,
      String device,
      long requestedRows,
      boolean reused,
      List<String> warnings,
      String reportJson) {
    this.jobId = jobId;
    this.seed = seed;
    this.device = device;
    this.requestedRows = requestedRows;
    this.reused = reused;
    this.warnings = List.copyOf(warnings);
    this.reportJson = reportJson;
  }

  /** The name under which the server keeps the job and its result. */
  public String jobId() {
    return jobId;
  }

  /** The seed, also when the server drew it. */
  public long seed() {
    return seed;
  }

  /** The device really used; empty when nothing had to be trained. */
  public String device() {
    return device;
  }

  /** New rows that were wanted; there may be fewer. */
  public long requestedRows() {
    return requestedRows;
  }

  /** Whether an equal request's job was joined instead of a new one. */
  public boolean reused() {
    return reused;
  }

  /** What the user should know, for example why there are no new rows. */
  public List<String> warnings() {
    return warnings;
  }

  /** The report as {@code aemlo --report} writes it. */
  public String reportJson() {
    return reportJson;
  }
}
