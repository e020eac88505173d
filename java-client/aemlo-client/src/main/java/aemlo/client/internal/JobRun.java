// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.EpochProgress;
import aemlo.client.JobSummary;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.v1.JobAccepted;
import aemlo.client.v1.JobEvent;
import aemlo.client.v1.JobReport;
import aemlo.client.v1.JobServiceGrpc;
import aemlo.client.v1.OversampleRequest;
import aemlo.client.v1.OversampleResponse;
import aemlo.client.v1.WatchJobRequest;
import aemlo.client.v1.WatchJobResponse;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;

/** Follows one job from its request to its report, over as many connections as that takes. */
final class JobRun {
  private static final List<String> ENDED_WITHOUT_RESULT =
      List.of("JOB_FAILED", "JOB_CANCELLED", "WORKER_LOST");
  private static final String DOING = "while the job ran";

  private final Session session;
  private final OversampleRequest request;
  private final RecipeCollector recipe;
  private final Deadline deadline;
  private final ProgressListener listener;
  private final Patience patience;
  private String jobId = "";
  private boolean joined;
  private int lastEpoch;

  JobRun(
      Session session,
      OversampleRequest request,
      RecipeCollector recipe,
      Deadline deadline,
      ProgressListener listener) {
    this.session = session;
    this.request = request;
    this.recipe = recipe;
    this.deadline = deadline;
    this.listener = listener;
    this.patience = session.patience(deadline, listener);
  }

  /** The job's id; empty until the server has accepted it. */
  String jobId() {
    return jobId;
  }

  /**
   * Follows the job to its end.
   *
   * @return null when the job's name stands for a job that ended without a result, by somebody
   *     else's doing
   */
  OversamplingResult follow() throws InterruptedException {
    while (true) {
      try {
        return jobId.isEmpty() ? start() : watch();
      } catch (StatusException error) {
        if (isAnothersEnd(Failure.of(error))) {
          return null;
        }
        patience.absorb(error, DOING);
        session.reconnect();
      }
    }
  }

  private boolean isAnothersEnd(Failure failure) {
    // A job of this request alone that nobody here cancelled, and whose time was not up, somebody
    // else has cancelled.
    boolean another = joined || failure.code() == Status.Code.CANCELLED;
    return failure.reason().equals("REQUEST_ID_REUSED")
        || another && ENDED_WITHOUT_RESULT.contains(failure.reason());
  }

  private OversamplingResult start() throws InterruptedException, StatusException {
    try (EventStream<OversampleRequest, OversampleResponse> stream = new EventStream<>()) {
      stub().oversample(request, stream);
      for (OversampleResponse answer = stream.next(); answer != null; answer = stream.next()) {
        OversamplingResult result = take(answer.getEvent());
        if (result != null) {
          return result;
        }
      }
    }
    throw unfinished();
  }

  private OversamplingResult watch() throws InterruptedException, StatusException {
    WatchJobRequest watch =
        WatchJobRequest.newBuilder()
            .setJobId(jobId)
            .setFromNewRow(recipe.newRows())
            .setAfterEpoch(lastEpoch)
            .build();
    try (EventStream<WatchJobRequest, WatchJobResponse> stream = new EventStream<>()) {
      stub().watchJob(watch, stream);
      for (WatchJobResponse answer = stream.next(); answer != null; answer = stream.next()) {
        OversamplingResult result = take(answer.getEvent());
        if (result != null) {
          return result;
        }
      }
    }
    throw unfinished();
  }

  private JobServiceGrpc.JobServiceStub stub() {
    return JobServiceGrpc.newStub(session.channel()).withDeadline(deadline);
  }

  private OversamplingResult take(JobEvent event) {
    patience.recovered();
    switch (event.getEventCase()) {
      case ACCEPTED:
        accept(event.getAccepted());
        return null;
      case QUEUED:
        listener.queued(event.getQueued().getPosition());
        return null;
      case STARTED:
        listener.started(
            event.getStarted().getDevice(),
            event.getStarted().getAttempt(),
            event.getStarted().getResumedEpochs());
        return null;
      case PROGRESS:
        progress(event.getProgress());
        return null;
      case RECIPE:
        recipe.add(event.getRecipe());
        return null;
      case REPORT:
        return recipe.finish(summary(event.getReport()));
      default:
        // An event of a newer server; the ones that matter are the ones known here.
        return null;
    }
  }

  private void accept(JobAccepted accepted) {
    if (jobId.isEmpty()) {
      jobId = accepted.getJobId();
      joined = accepted.getJoined();
      listener.accepted(jobId, accepted.getSeed(), joined);
    }
  }

  private void progress(aemlo.client.v1.EpochProgress progress) {
    lastEpoch = progress.getEpoch();
    Duration remaining =
        Duration.ofSeconds(
            progress.getRemaining().getSeconds(), progress.getRemaining().getNanos());
    listener.epoch(
        new EpochProgress(
            progress.getEpoch(),
            progress.getEpochs(),
            progress.getLosses().getTotal(),
            progress.getMacroF1(),
            progress.getOnValidation(),
            progress.getRowsPerSecond(),
            remaining,
            progress.getDevice()));
  }

  private JobSummary summary(JobReport report) {
    return new JobSummary(
        report.getJobId(),
        report.getSeed(),
        report.getDevice(),
        report.getRequestedRows(),
        joined,
        report.getWarningsList(),
        report.getReportJson());
  }

  private static AemloException unfinished() {
    return new AemloException(
        AemloException.Reason.PROTOCOL,
        "the server ended the job's events without a report; use client and server of the same version");
  }
}
