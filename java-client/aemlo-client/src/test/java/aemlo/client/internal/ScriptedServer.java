// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.data.Attribute;
import aemlo.client.data.LabelDefinition;
import aemlo.client.data.LiteralDigest;
import aemlo.client.data.MatrixBuilder;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.DatasetHeader;
import aemlo.client.v1.DatasetSchema;
import aemlo.client.v1.FeatureLayout;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that keeps to the contracts and fails when a test tells it to. */
final class ScriptedServer implements AutoCloseable {
  final Map<String, MultiLabelMatrix> datasets = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final ScriptedJobs jobs = new ScriptedJobs(this);
  final ScriptedInfo info = new ScriptedInfo();
  private final Map<String, Queue<RuntimeException>> failures = new HashMap<>();
  private final Server server;
  private volatile String token = "";

  ScriptedServer(ServerBuilder<?> builder) throws IOException {
    server =
        builder
            .addService(ServerInterceptors.intercept(info, new Watcher()))
            .addService(ServerInterceptors.intercept(new ScriptedDatasets(this), new Watcher()))
            .addService(ServerInterceptors.intercept(jobs, new Watcher()))
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  /** Asks for a token from now on. */
  void requireToken(String wanted) {
    token = wanted;
  }

  /** Lets the next calls of a method fail, one error a call. */
  void fail(String method, RuntimeException... errors) {
    synchronized (failures) {
      failures.computeIfAbsent(method, name -> new ArrayDeque<>()).addAll(List.of(errors));
    }
  }

  long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  static StatusRuntimeException error(Status.Code code, String message, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  static ErrorInfo reason(String reason) {
    return ErrorInfo.newBuilder().setReason(reason).setDomain("aemlo").build();
  }

  static RetryInfo retryAfterMillis(int millis) {
    return RetryInfo.newBuilder()
        .setRetryDelay(Duration.newBuilder().setNanos(millis * 1_000_000))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Takes a data set as it comes and compares its digest with the literal one. */
  static MultiLabelMatrix assemble(DatasetHeader header, List<aemlo.client.v1.RowBlock> blocks) {
    aemlo.client.data.DatasetSchema schema = schema(header.getSchema());
    boolean sparse = header.getLayout() == FeatureLayout.FEATURE_LAYOUT_SPARSE;
    int rows = (int) header.getRowCount();
    MatrixBuilder matrix =
        sparse ? MultiLabelMatrix.sparse(schema, rows, 0) : MultiLabelMatrix.dense(schema, rows);
    RowBlockReader reader =
        new RowBlockReader(schema, header.getValueType(), sparse, header.getHasWeights());
    blocks.forEach(block -> reader.append(block, matrix));
    return matrix.build();
  }

  static String literalDigest(MultiLabelMatrix matrix) {
    try {
      return LiteralDigest.of(matrix);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static aemlo.client.data.DatasetSchema schema(DatasetSchema message) {
    List<Attribute> attributes = new ArrayList<>();
    message
        .getAttributesList()
        .forEach(
            column ->
                attributes.add(
                    column.hasNominal()
                        ? Attribute.nominal(column.getName(), column.getNominal().getValuesList())
                        : Attribute.numeric(
                            column.getName(), column.getNumeric().getDeclaredType())));
    List<LabelDefinition> labels = new ArrayList<>();
    message
        .getLabelsList()
        .forEach(
            label ->
                labels.add(
                    new LabelDefinition(
                        label.getAttributeIndex(),
                        label.getPositiveValue(),
                        label.hasParent() ? label.getParent() : -1)));
    return new aemlo.client.data.DatasetSchema(message.getRelationName(), attributes, labels);
  }

  /**
   * Writes calls down, checks the token and the protocol's header, and throws what the test wants
   * thrown.
   */
  private final class Watcher implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String method = call.getMethodDescriptor().getBareMethodName();
      calls.add(method);
      RuntimeException failure = next(method);
      String sent = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
      if (!token.isEmpty() && !("Bearer " + token).equals(sent)) {
        failure =
            error(
                Status.Code.UNAUTHENTICATED,
                sent == null ? "no token" : "an unknown token",
                reason("UNAUTHENTICATED"));
      }
      if (!"1"
          .equals(
              headers.get(Metadata.Key.of("aemlo-protocol", Metadata.ASCII_STRING_MARSHALLER)))) {
        failure =
            error(
                Status.Code.FAILED_PRECONDITION, "no protocol version", reason("PROTOCOL_VERSION"));
      }
      if (failure != null) {
        call.close(Status.fromThrowable(failure), trailers(failure));
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }

    private RuntimeException next(String method) {
      synchronized (failures) {
        Queue<RuntimeException> queue = failures.get(method);
        return queue == null ? null : queue.poll();
      }
    }

    private Metadata trailers(RuntimeException failure) {
      Metadata trailers = Status.trailersFromThrowable(failure);
      return trailers == null ? new Metadata() : trailers;
    }
  }
}
