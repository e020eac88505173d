using System.Runtime.CompilerServices;
using AemloBridge.Aemlo.Options;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Errors;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client;

/// <summary>The tenant's data sets on a server.</summary>
public sealed class DatasetClient
{
    private static readonly string[] AnalysisOptions = ["minority-rule", "minority-cut"];

    private readonly Caller _caller;
    private readonly Handshake _handshake;
    private readonly DatasetService.DatasetServiceClient _service;

    internal DatasetClient(Caller caller, Handshake handshake, CallInvoker invoker)
    {
        _caller = caller;
        _handshake = handshake;
        _service = new DatasetService.DatasetServiceClient(invoker);
    }

    /// <summary>Stores a data set, unless it is there already: it is looked for by its digest first.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="name">A name for lists, up to 200 characters; may be empty.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays.</param>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses the data set.</exception>
    public async Task<Dataset> UploadAsync(MultiLabelDataset data, string name = "", CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        string digest = await Task.Run(() => DatasetDigest.Of(data), cancellationToken).ConfigureAwait(false);
        Dataset stored = await _caller.TryAsync(
            async _ => await FindOnceAsync(digest, cancellationToken).ConfigureAwait(false) ?? await SendAsync(data, digest, name, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return stored.Digest == digest
            ? stored
            : throw ServerErrors.BadAnswer(_caller.Address, $"it stored data set {stored.Digest} where {digest} was sent");
    }

    /// <summary>Looks a data set up by digest; null when the tenant has none.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async Task<Dataset?> FindAsync(string digest, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        return await _caller.TryAsync(_ => FindOnceAsync(digest, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All data sets, by digest.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async IAsyncEnumerable<Dataset> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var request = new ListDatasetsRequest();
        do
        {
            ListDatasetsResponse page = await _caller.AskAsync(call => _service.ListDatasetsAsync(request, call), cancellationToken).ConfigureAwait(false);
            foreach (Dataset dataset in page.Datasets)
                yield return dataset;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Deletes a data set.</summary>
    /// <exception cref="AemloServerException">There is none, a job that has not ended needs it, or the server cannot be reached.</exception>
    public async Task DeleteAsync(string digest, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        await _caller.AskAsync(call => _service.DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest }, call), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Measures how imbalanced the labels of a stored data set are.</summary>
    /// <param name="digest">The data set.</param>
    /// <param name="options">The rule for minority labels; the rest does not matter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AemloServerException">There is no such data set, or the server cannot be reached.</exception>
    public async Task<Imbalance.ImbalanceReport> AnalyzeAsync(string digest, AemloOptions options, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var request = new AnalyzeRequest { DatasetDigest = digest };
        foreach (string name in AnalysisOptions)
            request.Options.Add(name, AemloOptionCatalog.Get(name).Format(options));
        AnalyzeResponse answer = await _caller.AskAsync(call => _service.AnalyzeAsync(request, call), cancellationToken).ConfigureAwait(false);
        return ImbalanceContract.FromMessage(answer.Report ?? throw ServerErrors.BadAnswer(_caller.Address, "the analysis has no report"));
    }

    private async Task<Dataset?> FindOnceAsync(string digest, CancellationToken cancellation)
    {
        try
        {
            var limits = new CallOptions(deadline: _caller.Deadline(), cancellationToken: cancellation);
            FindDatasetResponse answer = await _service.FindDatasetAsync(new FindDatasetRequest { Digest = digest }, limits).ConfigureAwait(false);
            return answer.Dataset;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<Dataset> SendAsync(MultiLabelDataset data, string digest, string name, CancellationToken cancellation)
    {
        DatasetHeader header = DatasetBlocks.Header(data, name);
        header.Digest = digest;
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = _service.UploadDataset(new CallOptions(cancellationToken: cancellation));
        IEnumerable<UploadDatasetRequest> parts = DatasetBlocks.Rows(data, maxBytes: _caller.Options.UploadChunkBytes)
            .Select(block => new UploadDatasetRequest { Rows = block })
            .Prepend(new UploadDatasetRequest { Header = header });
        UploadDatasetResponse answer = await Sending.AllAsync(call, parts, cancellation).ConfigureAwait(false);
        return answer.Dataset ?? throw ServerErrors.BadAnswer(_caller.Address, "the upload was answered without a data set");
    }
}
