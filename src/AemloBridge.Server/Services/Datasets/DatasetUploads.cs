using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Services.Datasets;

/// <summary>
/// Takes data sets in. Every block is checked and hashed before it goes to the store as it came (float32 stays float32),
/// so that memory never holds more than a message. A block holds a row at least and the header says how many there are,
/// so that no stream is endless.
/// </summary>
internal sealed class DatasetUploads(IDatasetStore store, ServerOptions options, TimeProvider time, ILogger<DatasetUploads> logger)
{
    private readonly Limits _limits = options.Limits;

    /// <summary>Receives, checks and stores a data set; when it fails nothing of it stays.</summary>
    /// <exception cref="RequestException">See UploadDataset.</exception>
    public async Task<(DatasetRecord Record, bool Existed)> ReceiveAsync(string tenant, IAsyncStreamReader<UploadDatasetRequest> stream, CancellationToken cancellationToken)
    {
        using var parts = new UploadReader<UploadDatasetRequest>(stream, _limits.MaxUploadPause, _limits.MaxUploadTime, time, cancellationToken);
        DatasetHeader header = await HeaderAsync(parts);
        using var assembler = new DatasetAssembler(header, DatasetLimitsOf(_limits), keepRows: false);
        RequestFields.Name("header.name", header.Name);
        using IDatasetUpload upload = store.Begin(tenant);
        Stored(header).WriteDelimitedTo(upload.Content);
        while (await parts.NextAsync() is { } part)
        {
            RowBlock block = Rows(part);
            assembler.Add(block);
            block.WriteDelimitedTo(upload.Content);
        }

        string digest = assembler.Complete();
        if (header.Digest.Length > 0 && header.Digest != digest)
            throw new RequestException(StatusCode.DataLoss, Reasons.DigestMismatch, $"the rows that arrived have digest {digest}, not the {header.Digest} that the header says; upload again");
        cancellationToken.ThrowIfCancellationRequested();
        DatasetRecord record = upload.Commit(Record(tenant, digest, header, assembler), out bool existed);
        ServiceMetrics.ReceivedDataset(assembler.Bytes, assembler.Rows);
        logger.DatasetReceived(tenant, digest, assembler.Rows, assembler.Bytes, existed);
        return (record, existed);
    }

    private static async Task<DatasetHeader> HeaderAsync(UploadReader<UploadDatasetRequest> parts)
    {
        UploadDatasetRequest? first = await parts.NextAsync();
        return first?.PartCase == UploadDatasetRequest.PartOneofCase.Header
            ? first.Header
            : throw RequestException.Invalid("header", first is null ? "missing: the stream ended before it" : "missing: the first message must hold it");
    }

    private static RowBlock Rows(UploadDatasetRequest part) => part.PartCase switch
    {
        UploadDatasetRequest.PartOneofCase.Rows => part.Rows,
        UploadDatasetRequest.PartOneofCase.Header => throw RequestException.Invalid("header", "sent twice; only the first message may hold it"),
        _ => throw RequestException.Invalid("rows", "missing: every message after the first must hold a block of rows"),
    };

    // The file's content is named by its digest: what one client calls it is no part of it.
    private static DatasetHeader Stored(DatasetHeader header)
    {
        DatasetHeader stored = header.Clone();
        stored.Name = "";
        stored.Digest = "";
        return stored;
    }

    private static DatasetLimits DatasetLimitsOf(Limits limits) => new()
    {
        MaxBytes = limits.MaxDatasetBytes,
        MaxRows = limits.MaxRows,
        MaxFeatures = limits.MaxFeatures,
        MaxLabels = limits.MaxLabels,
    };

    private DatasetRecord Record(string tenant, string digest, DatasetHeader header, DatasetAssembler assembler) => new(
        tenant,
        digest,
        header.Name,
        checked((int)assembler.Rows),
        assembler.Schema.FeatureCount,
        assembler.Schema.LabelCount,
        header.Layout == FeatureLayout.Sparse,
        assembler.Entries,
        assembler.Bytes,
        time.GetUtcNow(),
        time.GetUtcNow());
}
