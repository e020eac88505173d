// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.CancelJobRequest;
import aemlo.client.v1.CancelJobResponse;
import aemlo.client.v1.EpochProgress;
import aemlo.client.v1.FeatureLayout;
import aemlo.client.v1.Job;
import aemlo.client.v1.JobAccepted;
import aemlo.client.v1.JobEvent;
import aemlo.client.v1.JobQueued;
import aemlo.client.v1.JobReport;
import aemlo.client.v1.JobServiceGrpc;
import aemlo.client.v1.JobStarted;
import aemlo.client.v1.ListJobsRequest;
import aemlo.client.v1.ListJobsResponse;
import aemlo.client.v1.NewRows;
import aemlo.client.v1.OversampleRequest;
import aemlo.client.v1.OversampleResponse;
import aemlo.client.v1.RecipeHeader;
import aemlo.client.v1.RecipePart;
import aemlo.client.v1.RowBlock;
import aemlo.client.v1.ValueType;
import aemlo.client.v1.WatchJobRequest;
import aemlo.client.v1.WatchJobResponse;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Jobs whose new rows are the given ones again, in turn, two rows a message. */
final class ScriptedJobs extends JobServiceGrpc.JobServiceImplBase {
  static final int EPOCHS = 3;

  final Map<String, ScriptedJob> byId = new ConcurrentHashMap<>();
  private final ScriptedServer server;

  /** While it is not down, jobs run. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  /** Told when a job has started. */
  volatile CountDownLatch started = new CountDownLatch(1);

  /** Breaks the next stream with this error after as many messages with rows. */
  volatile int breakAfterRowMessages = -1;

  volatile StatusRuntimeException breakWith;

  ScriptedJobs(ScriptedServer server) {
    this.server = server;
  }

  @Override
  public void oversample(OversampleRequest request, StreamObserver<OversampleResponse> answer) {
    String name = request.getControl().getRequestId();
    boolean[] fresh = {false};
    ScriptedJob job =
        byId.computeIfAbsent(
            "job of " + name,
            id -> {
              fresh[0] = true;
              return new ScriptedJob(id, request);
            });
    Consumer<JobEvent> events =
        event -> answer.onNext(OversampleResponse.newBuilder().setEvent(event).build());
    new Thread(() -> play(job, !fresh[0], 0, events, answer), "scripted " + job.id).start();
  }

  @Override
  public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> answer) {
    ScriptedJob job = byId.get(request.getJobId());
    if (job == null) {
      answer.onError(
          ScriptedServer.error(
              Status.Code.NOT_FOUND,
              "there is no job '" + request.getJobId() + "'",
              ScriptedServer.reason("NOT_FOUND")));
      return;
    }
    server.calls.add(
        "watch from row " + request.getFromNewRow() + " after epoch " + request.getAfterEpoch());
    Consumer<JobEvent> events =
        event -> answer.onNext(WatchJobResponse.newBuilder().setEvent(event).build());
    new Thread(
            () -> play(job, true, (int) request.getFromNewRow(), events, answer),
            "scripted " + job.id)
        .start();
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> answer) {
    ScriptedJob job = byId.get(request.getJobId());
    job.cancelled.countDown();
    answer.onNext(CancelJobResponse.newBuilder().setJob(Job.newBuilder().setId(job.id)).build());
    answer.onCompleted();
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answer) {
    ListJobsResponse.Builder list = ListJobsResponse.newBuilder();
    byId.values().stream()
        .filter(job -> job.request.getControl().getRequestId().equals(request.getRequestId()))
        .forEach(job -> list.addJobs(Job.newBuilder().setId(job.id)));
    answer.onNext(list.build());
    answer.onCompleted();
  }

  private void play(
      ScriptedJob job,
      boolean joined,
      int from,
      Consumer<JobEvent> events,
      StreamObserver<?> answer) {
    try {
      events.accept(
          JobEvent.newBuilder()
              .setAccepted(JobAccepted.newBuilder().setJobId(job.id).setJoined(joined).setSeed(7))
              .build());
      events.accept(JobEvent.newBuilder().setQueued(JobQueued.newBuilder().setPosition(1)).build());
      events.accept(
          JobEvent.newBuilder()
              .setStarted(JobStarted.newBuilder().setDevice("cpu").setAttempt(1))
              .build());
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        events.accept(
            JobEvent.newBuilder()
                .setProgress(
                    EpochProgress.newBuilder().setEpoch(epoch).setEpochs(EPOCHS).setDevice("cpu"))
                .build());
      }
      started.countDown();
      while (!gate.await(5, TimeUnit.MILLISECONDS) && job.cancelled.getCount() > 0) {
        // Runs.
      }
      if (job.cancelled.getCount() == 0) {
        throw ScriptedServer.error(
            Status.Code.CANCELLED, "the job was cancelled", ScriptedServer.reason("JOB_CANCELLED"));
      }
      rows(job, from, events);
      events.accept(
          JobEvent.newBuilder()
              .setReport(
                  JobReport.newBuilder()
                      .setJobId(job.id)
                      .setSeed(7)
                      .setDevice("cpu")
                      .setRequestedRows(job.newRows)
                      .addWarnings("a warning")
                      .setReportJson("{}"))
              .build());
      answer.onCompleted();
    } catch (StatusRuntimeException | IllegalStateException error) {
      answer.onError(error);
    } catch (InterruptedException stopped) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    }
  }

  private void rows(ScriptedJob job, int from, Consumer<JobEvent> events) {
    MultiLabelMatrix data = server.datasets.get(job.request.getDatasetDigest());
    RecipeHeader.Builder header =
        RecipeHeader.newBuilder()
            .setInputRowCount(data.rows())
            .setKeepsAll(true)
            .setNewRowCount(job.newRows)
            .setHasWeights(data.hasWeights())
            .setHasNeighbours(true)
            .setLayout(
                data.isSparse()
                    ? FeatureLayout.FEATURE_LAYOUT_SPARSE
                    : FeatureLayout.FEATURE_LAYOUT_DENSE)
            .setValueType(ValueType.VALUE_TYPE_FLOAT64);
    events.accept(recipe(RecipePart.newBuilder().setHeader(header)));
    for (int first = from; first < job.newRows; first += 2) {
      if (breakAfterRowMessages == 0) {
        breakAfterRowMessages = -1;
        throw breakWith;
      }
      breakAfterRowMessages--;
      events.accept(
          recipe(
              RecipePart.newBuilder()
                  .setNewRows(part(data, first, Math.min(2, job.newRows - first)))));
    }
  }

  private static NewRows part(MultiLabelMatrix data, int first, int count) {
    MatrixBuilder rows =
        data.isSparse()
            ? MultiLabelMatrix.sparse(data.schema(), count, 0)
            : MultiLabelMatrix.dense(data.schema(), count);
    ByteBuffer seeds = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer neighbours = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < count; row++) {
      int source = (first + row) % data.rows();
      rows.row();
      for (int entry = data.start(source); entry < data.start(source + 1); entry++) {
        rows.feature(data.columnAt(entry), data.valueAt(entry));
      }
      for (int label = 0; label < data.schema().labelCount(); label++) {
        if (data.label(source, label)) {
          rows.label(label);
        }
      }
      rows.weight(data.weight(source));
      seeds.putInt(source);
      neighbours.putInt(source == 0 ? -1 : source - 1);
    }
    RowBlock.Builder block =
        new RowBlocks(rows.build(), ValueType.VALUE_TYPE_FLOAT64, 1_000_000).next().toBuilder();
    if (data.hasWeights() && block.getWeights().isEmpty()) {
      block.setWeights(ones(count));
    }
    return NewRows.newBuilder()
        .setFirstRow(first)
        .setRows(block)
        .setSeedRows(ByteString.copyFrom(seeds.array()))
        .setNeighbourRows(ByteString.copyFrom(neighbours.array()))
        .build();
  }

  private static ByteString ones(int count) {
    ByteBuffer ones = ByteBuffer.allocate(count * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < count; row++) {
      ones.putDouble(1);
    }
    return ByteString.copyFrom(ones.array());
  }

  private static JobEvent recipe(RecipePart.Builder part) {
    return JobEvent.newBuilder().setRecipe(part).build();
  }

  /** One of them; "num" says how many new rows there will be. */
  static final class ScriptedJob {
    final String id;
    final OversampleRequest request;
    final int newRows;
    final CountDownLatch cancelled = new CountDownLatch(1);

    ScriptedJob(String id, OversampleRequest request) {
      this.id = id;
      this.request = request;
      this.newRows = Integer.parseInt(request.getMethod().getOptionsOrDefault("num", "5"));
    }
  }
}
