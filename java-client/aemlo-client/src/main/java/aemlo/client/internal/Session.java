// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.AemloException;
import aemlo.client.AemloException.Reason;
import aemlo.client.AemloOptions;
import aemlo.client.OversamplingResult;
import aemlo.client.ProgressListener;
import aemlo.client.ServerInfo;
import aemlo.client.ServerSettings;
import aemlo.client.data.DatasetDigest;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.CancelJobRequest;
import aemlo.client.v1.DatasetServiceGrpc;
import aemlo.client.v1.FindDatasetRequest;
import aemlo.client.v1.GetServerInfoRequest;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.JobServiceGrpc;
import aemlo.client.v1.ListJobsRequest;
import aemlo.client.v1.ServerServiceGrpc;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The calls that a client makes to one server. For the client's own use; safe for many threads. */
public final class Session implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("aemlo.client");

  /** Below the contract's 1 MiB with room for what a message has beside rows. */
  private static final int CHUNK_BYTES = 1_000_000;

  /** How often a request may meet a job of its name that ended without a result. */
  private static final int ATTEMPTS = 5;

  private static final int CANCEL_SECONDS = 10;

  private final ServerSettings settings;
  private final String address;
  private final Supplier<String> obituary;
  private final ManagedChannel channel;
  private final Errors errors;
  private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
  private Handshake handshake;

  /**
   * Opens a session; nothing is sent yet.
   *
   * @param obituary what became of the server when it is known to be gone for good, otherwise null
   */
  public Session(ServerSettings settings, String address, Supplier<String> obituary) {
    this(settings, address, obituary, Connection.open(settings, address));
  }

  Session(
      ServerSettings settings, String address, Supplier<String> obituary, ManagedChannel channel) {
    this.settings = settings;
    this.address = address;
    this.obituary = obituary;
    this.channel = channel;
    this.errors = new Errors(settings, address);
  }

  ManagedChannel channel() {
    return channel;
  }

  Patience patience(Deadline deadline, ProgressListener listener) {
    return new Patience(deadline, settings.reconnectTimeout(), listener, errors, obituary);
  }

  /** Tries a lost connection again at once, where gRPC would wait up to two minutes. */
  void reconnect() {
    channel.resetConnectBackoff();
  }

  /** Asks the server what it is. */
  public ServerInfo info() {
    return greet().info();
  }

  /** Trains and generates; see the client. */
  public OversamplingResult oversample(
      MultiLabelMatrix matrix, AemloOptions options, ProgressListener listener) {
    try {
      Handshake server = handshake();
      server.check(options);
      Deadline deadline = Deadline.after(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      String digest = DatasetDigest.of(matrix);
      store(matrix, digest, server.info().maxChunkBytes(), deadline, listener);
      return run(
          matrix,
          new Requests(digest, options, server.timeLimit(settings.timeout())),
          deadline,
          listener);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AemloException(
          Reason.CANCELLED,
          "the thread was interrupted, and the job on the aemlo server was cancelled; run it again for a result",
          interrupted);
    }
  }

  private synchronized Handshake handshake() {
    if (handshake == null) {
      handshake = greet();
      handshake
          .info()
          .differences()
          .forEach(difference -> LOG.log(Level.FINE, "server differs: {0}", difference));
    }
    return handshake;
  }

  private Handshake greet() {
    GetServerInfoRequest request =
        GetServerInfoRequest.newBuilder()
            .setClientName("aemlo-java")
            .setClientVersion(Version.TEXT)
            .setProtocolVersion(Handshake.PROTOCOL)
            .build();
    try {
      channel.resetConnectBackoff();
      GetServerInfoResponse answer =
          ServerServiceGrpc.newBlockingV2Stub(channel).withDeadline(soon()).getServerInfo(request);
      return new Handshake(answer, address);
    } catch (StatusException error) {
      if (error.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        throw new AemloException(
            Reason.UNREACHABLE,
            "nothing answers at "
                + address
                + " within "
                + seconds(settings.connectTimeout())
                + " s; start the server there with 'aemlo serve', or correct the address",
            error);
      }
      throw errors.translate(error, "while connecting");
    }
  }

  private void store(
      MultiLabelMatrix matrix,
      String digest,
      int serverLimit,
      Deadline deadline,
      ProgressListener listener)
      throws InterruptedException {
    DatasetServiceGrpc.DatasetServiceBlockingV2Stub lookUp =
        DatasetServiceGrpc.newBlockingV2Stub(channel);
    Patience patience = patience(deadline, listener);
    int chunk = serverLimit > 0 ? Math.min(CHUNK_BYTES, serverLimit) : CHUNK_BYTES;
    while (true) {
      try {
        lookUp
            .withDeadline(soon())
            .findDataset(FindDatasetRequest.newBuilder().setDigest(digest).build());
        return;
      } catch (StatusException error) {
        if (error.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throwIfInterrupted();
          patience.absorb(error, "while looking the data set up");
          reconnect();
          continue;
        }
      }
      try {
        Upload.send(
            DatasetServiceGrpc.newStub(channel).withDeadline(deadline),
            matrix,
            digest,
            chunk,
            listener);
        return;
      } catch (StatusException error) {
        patience.absorb(error, "while sending the data set");
        reconnect();
      }
    }
  }

  private OversamplingResult run(
      MultiLabelMatrix matrix, Requests requests, Deadline deadline, ProgressListener listener)
      throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      JobRun run =
          new JobRun(
              this,
              requests.oversample(attempt),
              new RecipeCollector(matrix.schema(), matrix.rows()),
              deadline,
              listener);
      OversamplingResult result = follow(run, requests.id(attempt));
      if (result != null) {
        return result;
      }
    }
    throw new AemloException(
        Reason.CANCELLED,
        "the job was cancelled on the server "
            + ATTEMPTS
            + " times by somebody else; ask who does, or give another seed");
  }

  private OversamplingResult follow(JobRun run, String requestId) throws InterruptedException {
    waiting.merge(requestId, 1, Integer::sum);
    boolean over = false;
    try {
      OversamplingResult result = run.follow();
      over = true;
      return result;
    } catch (AemloException error) {
      // Jobs that failed need no cancelling, and a server that is gone hears none.
      over = error.reason() == Reason.FAILED || error.reason() == Reason.UNREACHABLE;
      throw error;
    } finally {
      boolean last =
          waiting.merge(requestId, -1, Integer::sum) == 0 && waiting.remove(requestId, 0);
      if (!over && last) {
        cancel(run.jobId(), requestId);
      }
    }
  }

  /**
   * Cancels on the server what nobody here waits for; best effort, the job's time limit ends it
   * otherwise.
   */
  private void cancel(String jobId, String requestId) {
    boolean interrupted = Thread.interrupted();
    try {
      JobServiceGrpc.JobServiceBlockingV2Stub jobs =
          JobServiceGrpc.newBlockingV2Stub(channel)
              .withDeadlineAfter(CANCEL_SECONDS, TimeUnit.SECONDS);
      if (!jobId.isEmpty()) {
        jobs.cancelJob(CancelJobRequest.newBuilder().setJobId(jobId).build());
        return;
      }
      for (var job :
          jobs.listJobs(ListJobsRequest.newBuilder().setRequestId(requestId).build())
              .getJobsList()) {
        jobs.cancelJob(CancelJobRequest.newBuilder().setJobId(job.getId()).build());
      }
    } catch (StatusException | RuntimeException failed) {
      LOG.log(
          Level.WARNING,
          "a job could not be cancelled on the aemlo server: {0}",
          Failure.of(failed).text());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Deadline soon() {
    return Deadline.after(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private static String seconds(Duration time) {
    return String.valueOf(time.toMillis() / 1000.0);
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
