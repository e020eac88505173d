// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.ProgressListener;
import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.DatasetHeader;
import aemlo.client.v1.DatasetServiceGrpc;
import aemlo.client.v1.FeatureLayout;
import aemlo.client.v1.UploadDatasetRequest;
import aemlo.client.v1.UploadDatasetResponse;
import aemlo.client.v1.ValueType;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

/**
 * Sends one data set, never faster than the server takes it: at most a message or two wait here.
 */
final class Upload implements ClientResponseObserver<UploadDatasetRequest, UploadDatasetResponse> {
  private final Object change = new Object();
  private ClientCallStreamObserver<UploadDatasetRequest> call;
  private StatusException end;

  private Upload() {}

  /**
   * Sends and waits for the answer.
   *
   * @throws StatusException the server refused, or is gone
   */
  static void send(
      DatasetServiceGrpc.DatasetServiceStub service,
      MultiLabelMatrix matrix,
      String digest,
      int maxBytes,
      ProgressListener listener)
      throws InterruptedException, StatusException {
    Upload upload = new Upload();
    service.uploadDataset(upload);
    boolean finished = false;
    try {
      upload.write(matrix, digest, maxBytes, listener);
      finished = true;
    } finally {
      if (!finished) {
        upload.call.cancel("the upload was given up", null);
      }
    }
  }

  private void write(
      MultiLabelMatrix matrix, String digest, int maxBytes, ProgressListener listener)
      throws InterruptedException, StatusException {
    ValueType valueType = RowBlocks.exactType(matrix);
    RowBlocks blocks = new RowBlocks(matrix, valueType, maxBytes);
    UploadDatasetRequest next =
        UploadDatasetRequest.newBuilder().setHeader(header(matrix, digest, valueType)).build();
    while (awaitReady()) {
      call.onNext(next);
      if (blocks.position() > 0) {
        listener.uploaded(blocks.position(), matrix.rows());
      }
      if (!blocks.hasNext()) {
        call.onCompleted();
        break;
      }
      next = UploadDatasetRequest.newBuilder().setRows(blocks.next()).build();
    }
    StatusException status = awaitEnd();
    if (!status.getStatus().isOk()) {
      throw status;
    }
  }

  private static DatasetHeader header(MultiLabelMatrix matrix, String digest, ValueType valueType) {
    return DatasetHeader.newBuilder()
        .setSchema(Schemas.toMessage(matrix.schema()))
        .setRowCount(matrix.rows())
        .setLayout(
            matrix.isSparse()
                ? FeatureLayout.FEATURE_LAYOUT_SPARSE
                : FeatureLayout.FEATURE_LAYOUT_DENSE)
        .setValueType(valueType)
        .setHasWeights(matrix.hasWeights())
        .setEntryCount(matrix.isSparse() ? matrix.start(matrix.rows()) : 0)
        .setDigest(digest)
        .setName(shortened(matrix.schema().relationName()))
        .build();
  }

  private static String shortened(String name) {
    return name.length() <= 200
        ? name
        : name.substring(
            0, name.offsetByCodePoints(0, Math.min(199, name.codePointCount(0, name.length()))));
  }

  private boolean awaitReady() throws InterruptedException {
    synchronized (change) {
      while (end == null && !call.isReady()) {
        change.wait();
      }
      return end == null;
    }
  }

  private StatusException awaitEnd() throws InterruptedException {
    synchronized (change) {
      while (end == null) {
        change.wait();
      }
      return end;
    }
  }

  private void end(StatusException status) {
    synchronized (change) {
      end = status;
      change.notifyAll();
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<UploadDatasetRequest> stream) {
    call = stream;
    stream.setOnReadyHandler(
        () -> {
          synchronized (change) {
            change.notifyAll();
          }
        });
  }

  @Override
  public void onNext(UploadDatasetResponse answer) {
    // The data set's name is its digest, which the server has compared.
  }

  @Override
  public void onError(Throwable error) {
    end(Status.fromThrowable(error).asException(Status.trailersFromThrowable(error)));
  }

  @Override
  public void onCompleted() {
    end(Status.OK.asException());
  }
}
