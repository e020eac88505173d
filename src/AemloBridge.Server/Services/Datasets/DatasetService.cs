using AemloBridge.Protocol.V1;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using Grpc.Core;
using V1 = AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Datasets;

/// <summary>The calls of dataset_service.proto.</summary>
internal sealed class DatasetService(IDatasetStore store, DatasetUploads uploads, LabelAnalysis analysis) : V1.DatasetService.DatasetServiceBase
{
    private static readonly Paging Pages = new("datasets");

    public override async Task<UploadDatasetResponse> UploadDataset(IAsyncStreamReader<UploadDatasetRequest> requestStream, ServerCallContext context)
    {
        (DatasetRecord record, bool existed) = await uploads.ReceiveAsync(context.Tenant(), requestStream, context.CancellationToken);
        return new UploadDatasetResponse { Dataset = Message(record), Existed = existed };
    }

    public override Task<FindDatasetResponse> FindDataset(FindDatasetRequest request, ServerCallContext context) =>
        Task.FromResult(new FindDatasetResponse { Dataset = Message(StoredDatasets.Find(store, context.Tenant(), "digest", request.Digest)) });

    public override Task<ListDatasetsResponse> ListDatasets(ListDatasetsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        IReadOnlyList<DatasetRecord> found = store.List(context.Tenant(), Pages.After(request.PageToken), size + 1);
        (IReadOnlyList<DatasetRecord> page, string token) = Pages.Cut(found, size, dataset => dataset.Digest);
        return Task.FromResult(new ListDatasetsResponse { Datasets = { page.Select(Message) }, NextPageToken = token });
    }

    public override Task<DeleteDatasetResponse> DeleteDataset(DeleteDatasetRequest request, ServerCallContext context)
    {
        string digest = RequestFields.Digest("digest", request.Digest);
        if (!store.Delete(context.Tenant(), digest))
            throw RequestFields.NotFound(StoredDatasets.What, digest);
        return Task.FromResult(new DeleteDatasetResponse());
    }

    public override async Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context) =>
        new() { Report = await analysis.AnalyzeAsync(context.Tenant(), request, context.CancellationToken) };

    private Dataset Message(DatasetRecord record) => StoredDatasets.Message(record, store.Expires(record));
}
