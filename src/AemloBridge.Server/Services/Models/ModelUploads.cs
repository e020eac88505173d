using System.Security.Cryptography;
using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Services.Models;

/// <summary>Takes model files in, checks their bytes against the header and what they say of themselves. Loads no libtorch.</summary>
internal sealed class ModelUploads(IModelStore store, HeavyReads reads, ServerOptions options, TimeProvider time, ILogger<ModelUploads> logger)
{
    private readonly Limits _limits = options.Limits;

    /// <summary>Receives, checks and stores a model file; when it fails nothing of it stays.</summary>
    /// <exception cref="RequestException">See UploadModel.</exception>
    public async Task<(ModelRecord Record, bool Existed)> ReceiveAsync(string tenant, IAsyncStreamReader<UploadModelRequest> stream, CancellationToken cancellationToken)
    {
        using var parts = new UploadReader<UploadModelRequest>(stream, _limits.MaxUploadPause, _limits.MaxUploadTime, time, cancellationToken);
        ModelFileHeader header = await HeaderAsync(parts);
        using IModelUpload upload = store.Begin(tenant);
        string sha256 = await CopyAsync(parts, header.ByteCount, upload.Content, cancellationToken);
        if (header.Sha256.Length > 0 && header.Sha256 != sha256)
            throw new RequestException(StatusCode.DataLoss, Reasons.DigestMismatch, $"the bytes that arrived have SHA-256 {sha256}, not the {header.Sha256} that the header says; upload again");
        string path = upload.Flush();
        ModelDescription description = await reads.RunAsync(() => Describe(path), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        ModelRecord model = upload.Commit(Record(tenant, header, sha256, description), out bool existed);
        ServiceMetrics.ReceivedModel((long)header.ByteCount);
        logger.ModelReceived(tenant, model.Id, (long)header.ByteCount, existed);
        return (model, existed);
    }

    private ModelDescription Describe(string path)
    {
        try
        {
            ModelDescription description = ModelFile.Describe(path);
            RequireAtMost(description.Schema.FeatureCount, _limits.MaxFeatures, "features");
            RequireAtMost(description.Schema.LabelCount, _limits.MaxLabels, "labels");
            return description;
        }
        catch (AemloModelFormatException exception)
        {
            throw RequestException.Invalid("content", ExceptionTranslation.WithoutPath(exception));
        }
    }

    private static void RequireAtMost(int count, int limit, string what)
    {
        if (limit > 0 && count > limit)
            throw RequestException.Exhausted(Reasons.TooLarge, FormattableString.Invariant($"the model was trained on {count} {what}, but data may have at most {limit} here"));
    }

    private static async Task<string> CopyAsync(UploadReader<UploadModelRequest> parts, ulong announced, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ulong left = announced;
        while (await parts.NextAsync() is { } part)
        {
            if (part.PartCase != UploadModelRequest.PartOneofCase.Content)
                throw RequestException.Invalid("content", "missing: every message after the first must hold bytes of the file");
            if (part.Content.IsEmpty)
                throw RequestException.Invalid("content", "empty; every message after the first must hold at least one byte");
            if ((ulong)part.Content.Length > left)
                throw RequestException.Invalid("header.byte_count", $"{announced} bytes announced, more came");
            left -= (ulong)part.Content.Length;
            hash.AppendData(part.Content.Span);
            await target.WriteAsync(part.Content.Memory, cancellationToken);
        }

        if (left > 0)
            throw RequestException.Invalid("header.byte_count", $"{announced} bytes announced, {announced - left} came");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<ModelFileHeader> HeaderAsync(UploadReader<UploadModelRequest> parts)
    {
        UploadModelRequest? first = await parts.NextAsync();
        if (first?.PartCase != UploadModelRequest.PartOneofCase.Header)
            throw RequestException.Invalid("header", first is null ? "missing: the stream ended before it" : "missing: the first message must hold it");
        ModelFileHeader header = first.Header;
        RequestFields.Name("header.name", header.Name);
        if (header.ByteCount == 0)
            throw RequestException.Invalid("header.byte_count", "0; a model file has bytes");
        if (_limits.MaxModelBytes > 0 && header.ByteCount > (ulong)_limits.MaxModelBytes)
            throw RequestException.Exhausted(Reasons.TooLarge, $"{header.ByteCount} bytes announced, but a model file may have at most {_limits.MaxModelBytes} here");
        if (header.Sha256.Length > 0)
            RequestFields.Digest("header.sha256", header.Sha256);
        return header;
    }

    private ModelRecord Record(string tenant, ModelFileHeader header, string sha256, ModelDescription description) => new(
        tenant,
        Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        header.Name,
        sha256,
        (long)header.ByteCount,
        DatasetDigest: "",
        MethodContract.Aemlo,
        MethodContract.ToValues(description.Options with { Seed = description.Options.Seed ?? description.Training.Seed }),
        description.Schema.FeatureCount,
        description.Schema.LabelCount,
        description.SeedRows,
        time.GetUtcNow(),
        time.GetUtcNow());
}
