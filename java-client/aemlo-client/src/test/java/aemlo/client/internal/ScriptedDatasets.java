// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.data.MultiLabelMatrix;
import aemlo.client.v1.Dataset;
import aemlo.client.v1.DatasetHeader;
import aemlo.client.v1.DatasetServiceGrpc;
import aemlo.client.v1.FindDatasetRequest;
import aemlo.client.v1.FindDatasetResponse;
import aemlo.client.v1.RowBlock;
import aemlo.client.v1.UploadDatasetRequest;
import aemlo.client.v1.UploadDatasetResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Data sets by their digest. */
final class ScriptedDatasets extends DatasetServiceGrpc.DatasetServiceImplBase {
  private final ScriptedServer server;

  ScriptedDatasets(ScriptedServer server) {
    this.server = server;
  }

  @Override
  public void findDataset(FindDatasetRequest request, StreamObserver<FindDatasetResponse> answer) {
    if (!server.datasets.containsKey(request.getDigest())) {
      answer.onError(
          ScriptedServer.error(
              Status.Code.NOT_FOUND,
              "there is no data set '" + request.getDigest() + "'",
              ScriptedServer.reason("NOT_FOUND")));
      return;
    }
    answer.onNext(
        FindDatasetResponse.newBuilder()
            .setDataset(Dataset.newBuilder().setDigest(request.getDigest()))
            .build());
    answer.onCompleted();
  }

  @Override
  public StreamObserver<UploadDatasetRequest> uploadDataset(
      StreamObserver<UploadDatasetResponse> answer) {
    return new StreamObserver<>() {
      private final List<RowBlock> blocks = new ArrayList<>();
      private DatasetHeader header;

      @Override
      public void onNext(UploadDatasetRequest part) {
        if (part.hasHeader()) {
          header = part.getHeader();
        } else {
          blocks.add(part.getRows());
        }
      }

      @Override
      public void onError(Throwable gone) {
        server.calls.add("upload given up");
      }

      @Override
      public void onCompleted() {
        MultiLabelMatrix matrix = ScriptedServer.assemble(header, blocks);
        String digest = ScriptedServer.literalDigest(matrix);
        if (!digest.equals(header.getDigest())) {
          answer.onError(
              ScriptedServer.error(
                  Status.Code.DATA_LOSS,
                  "the digest differs",
                  ScriptedServer.reason("DIGEST_MISMATCH")));
          return;
        }
        server.datasets.put(digest, matrix);
        answer.onNext(
            UploadDatasetResponse.newBuilder()
                .setDataset(Dataset.newBuilder().setDigest(digest))
                .build());
        answer.onCompleted();
      }
    };
  }
}
