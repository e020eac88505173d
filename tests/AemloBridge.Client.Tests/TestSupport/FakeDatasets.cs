using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>Keeps data sets in memory.</summary>
internal sealed class FakeDatasets : DatasetService.DatasetServiceBase
{
    private readonly Lock _lock = new();

    public Dictionary<string, Data.MultiLabelDataset> Stored { get; } = [];

    public List<string> Names { get; } = [];

    public int Uploads { get; private set; }

    public List<int> MessageSizes { get; } = [];

    /// <summary>Called before each message of an upload is read; null does nothing.</summary>
    public Func<int, ServerCallContext, Task>? BeforeMessage { get; set; }

    /// <summary>The digest to answer an upload with; null for the right one.</summary>
    public string? Lie { get; set; }

    public AnalyzeRequest? Analyzed { get; private set; }

    public Imbalance.ImbalanceReport? Analysis { get; set; }

    public override async Task<UploadDatasetResponse> UploadDataset(IAsyncStreamReader<UploadDatasetRequest> requestStream, ServerCallContext context)
    {
        int upload = ++Uploads;
        DatasetAssembler? assembler = null;
        for (int message = 0; ; message++)
        {
            if (BeforeMessage is not null)
                await BeforeMessage(upload, context);
            if (!await requestStream.MoveNext(context.CancellationToken))
                break;
            UploadDatasetRequest part = requestStream.Current;
            MessageSizes.Add(part.CalculateSize());
            if (part.PartCase == UploadDatasetRequest.PartOneofCase.Header)
            {
                Names.Add(part.Header.Name);
                assembler = new DatasetAssembler(part.Header, DatasetLimits.None, keepRows: true);
            }
            else
            {
                assembler!.Add(part.Rows);
            }
        }

        string digest = assembler!.Complete();
        lock (_lock)
            Stored[digest] = assembler.Dataset;
        return new UploadDatasetResponse { Dataset = new Dataset { Digest = Lie ?? digest } };
    }

    public override Task<FindDatasetResponse> FindDataset(FindDatasetRequest request, ServerCallContext context)
    {
        lock (_lock)
        {
            return Stored.ContainsKey(request.Digest)
                ? Task.FromResult(new FindDatasetResponse { Dataset = new Dataset { Digest = request.Digest } })
                : throw new RpcException(new Status(StatusCode.NotFound, "there is no such data set"));
        }
    }

    public override Task<ListDatasetsResponse> ListDatasets(ListDatasetsRequest request, ServerCallContext context)
    {
        // One a page.
        string[] left = [.. Stored.Keys.Order(StringComparer.Ordinal).Where(digest => string.CompareOrdinal(digest, request.PageToken) > 0)];
        var answer = new ListDatasetsResponse();
        answer.Datasets.AddRange(left.Take(1).Select(digest => new Dataset { Digest = digest }));
        answer.NextPageToken = left.Length > 1 ? left[0] : string.Empty;
        return Task.FromResult(answer);
    }

    public override Task<DeleteDatasetResponse> DeleteDataset(DeleteDatasetRequest request, ServerCallContext context) =>
        Stored.Remove(request.Digest) ? Task.FromResult(new DeleteDatasetResponse()) : throw new RpcException(new Status(StatusCode.NotFound, "there is no such data set"));

    public override Task<AnalyzeResponse> Analyze(AnalyzeRequest request, ServerCallContext context)
    {
        Analyzed = request;
        return Task.FromResult(new AnalyzeResponse { Report = Analysis is null ? null : ImbalanceContract.ToMessage(Analysis) });
    }
}
