using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Errors;
using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Client;

/// <summary>The tenant's models on a server.</summary>
public sealed class ModelClient
{
    private readonly Caller _caller;
    private readonly Handshake _handshake;
    private readonly ModelService.ModelServiceClient _service;

    internal ModelClient(Caller caller, Handshake handshake, CallInvoker invoker)
    {
        _caller = caller;
        _handshake = handshake;
        _service = new ModelService.ModelServiceClient(invoker);
    }

    /// <summary>All models, newest first.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async IAsyncEnumerable<Model> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        var request = new ListModelsRequest();
        do
        {
            ListModelsResponse page = await _caller.AskAsync(call => _service.ListModelsAsync(request, call), cancellationToken).ConfigureAwait(false);
            foreach (Model model in page.Models)
                yield return model;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Stores a model file, unless the tenant has it already: it is looked for by its SHA-256 first.</summary>
    /// <param name="file">The file, from its beginning; must be able to seek.</param>
    /// <param name="name">A name for lists, up to 200 characters; may be empty.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays.</param>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<Model> UploadAsync(Stream file, string name = "", CancellationToken cancellationToken = default)
    {
        file.Position = 0;
        string sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        await foreach (Model model in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (model.Sha256 == sha)
                return model;
        }

        var header = new ModelFileHeader { Name = name, ByteCount = (ulong)file.Length, Sha256 = sha };
        UploadModelResponse answer = await _caller.TryAsync(
            async _ =>
            {
                using AsyncClientStreamingCall<UploadModelRequest, UploadModelResponse> call = _service.UploadModel(new CallOptions(cancellationToken: cancellationToken));
                return await Sending.AllAsync(call, Parts(header, file), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Model ?? throw ServerErrors.BadAnswer(_caller.Address, "the upload was answered without a model");
    }

    /// <summary>Copies a model file from the server and checks that it arrived whole.</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="target">Where to; a stream that can seek is written again from where it stands when the connection is lost.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>Name, size and SHA-256 of the file.</returns>
    /// <exception cref="AemloServerException">There is no such model, what arrives is not what was announced, or the server cannot be reached.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public async Task<ModelFileHeader> DownloadAsync(string modelId, Stream target, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        long start = target.CanSeek ? target.Position : 0;
        return await _caller.TryAsync(
            attempt =>
            {
                if (attempt > 0)
                {
                    target.Position = start;
                    target.SetLength(start);
                }

                return ReceiveAsync(modelId, target, cancellationToken);
            },
            cancellationToken,
            target.CanSeek ? null : 0).ConfigureAwait(false);
    }

    /// <summary>Deletes a model.</summary>
    /// <exception cref="AemloServerException">There is none, a job that has not ended needs it, or the server cannot be reached.</exception>
    public async Task DeleteAsync(string modelId, CancellationToken cancellationToken = default)
    {
        await _handshake.RequireAsync(cancellationToken).ConfigureAwait(false);
        await _caller.AskAsync(call => _service.DeleteModelAsync(new DeleteModelRequest { ModelId = modelId }, call), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<UploadModelRequest> Parts(ModelFileHeader header, Stream file)
    {
        yield return new UploadModelRequest { Header = header };
        file.Position = 0;
        var buffer = new byte[_caller.Options.UploadChunkBytes];
        for (int read; (read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
            yield return new UploadModelRequest { Content = ByteString.CopyFrom(buffer, 0, read) };
    }

    private async Task<ModelFileHeader> ReceiveAsync(string modelId, Stream target, CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<DownloadModelResponse> call = _service.DownloadModel(new DownloadModelRequest { ModelId = modelId }, new CallOptions(cancellationToken: cancellation));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ModelFileHeader? header = null;
        ulong bytes = 0;
        while (await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false))
        {
            DownloadModelResponse part = call.ResponseStream.Current;
            if (part.PartCase == DownloadModelResponse.PartOneofCase.Header && header is null)
            {
                header = part.Header;
                continue;
            }

            if (header is null || part.PartCase != DownloadModelResponse.PartOneofCase.Content)
                throw ServerErrors.BadAnswer(_caller.Address, "a model file is one header and then its bytes");
            bytes += (ulong)part.Content.Length;
            if (bytes > header.ByteCount)
                throw ServerErrors.BadAnswer(_caller.Address, $"the model file is longer than the {header.ByteCount} bytes announced");
            hash.AppendData(part.Content.Span);
            await target.WriteAsync(part.Content.Memory, cancellation).ConfigureAwait(false);
        }

        if (header is null || bytes != header.ByteCount)
            throw ServerErrors.BadAnswer(_caller.Address, $"{bytes} bytes of the model file arrived, {header?.ByteCount ?? 0} were announced");
        string sha = Convert.ToHexStringLower(hash.GetHashAndReset());
        return sha == header.Sha256
            ? header
            : throw ServerErrors.BadAnswer(_caller.Address, $"the SHA-256 of the model file is {sha}, {header.Sha256} was announced");
    }
}
