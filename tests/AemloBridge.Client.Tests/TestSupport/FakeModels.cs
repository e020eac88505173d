using System.Security.Cryptography;
using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>Keeps model files in memory, whatever they hold.</summary>
internal sealed class FakeModels : ModelService.ModelServiceBase
{
    private const int ChunkBytes = 1000;

    public Dictionary<string, byte[]> Files { get; } = [];

    public int Uploads { get; private set; }

    public int Downloads { get; private set; }

    /// <summary>Changes the header of a download.</summary>
    public Action<ModelFileHeader> Lie { get; set; } = _ => { };

    /// <summary>How many downloads are broken off in their middle.</summary>
    public int Drops { get; set; }

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        var answer = new ListModelsResponse();
        answer.Models.AddRange(Files.Select(file => new Model { Id = file.Key, Sha256 = Sha(file.Value) }));
        return Task.FromResult(answer);
    }

    public override async Task<UploadModelResponse> UploadModel(IAsyncStreamReader<UploadModelRequest> requestStream, ServerCallContext context)
    {
        Uploads++;
        ModelFileHeader? header = null;
        var bytes = new List<byte>();
        await foreach (UploadModelRequest part in requestStream.ReadAllAsync(context.CancellationToken))
        {
            header ??= part.Header;
            bytes.AddRange(part.Content);
        }

        if (header!.ByteCount != (ulong)bytes.Count || header.Sha256 != Sha([.. bytes]))
            throw new RpcException(new Status(StatusCode.DataLoss, "the digest differs"));
        string id = $"m{Files.Count}";
        Files[id] = [.. bytes];
        return new UploadModelResponse { Model = new Model { Id = id, Name = header.Name, Sha256 = header.Sha256 } };
    }

    public override async Task DownloadModel(DownloadModelRequest request, IServerStreamWriter<DownloadModelResponse> responseStream, ServerCallContext context)
    {
        Downloads++;
        if (!Files.TryGetValue(request.ModelId, out byte[]? file))
            throw new RpcException(new Status(StatusCode.NotFound, $"there is no model '{request.ModelId}'"));
        var header = new ModelFileHeader { ByteCount = (ulong)file.Length, Sha256 = Sha(file) };
        Lie(header);
        await responseStream.WriteAsync(new DownloadModelResponse { Header = header });
        for (int at = 0; at < file.Length; at += ChunkBytes)
        {
            if (Drops > 0 && at > file.Length / 2)
            {
                Drops--;
                context.GetHttpContext().Abort();
                return;
            }

            await responseStream.WriteAsync(new DownloadModelResponse { Content = ByteString.CopyFrom(file.AsSpan(at, Math.Min(ChunkBytes, file.Length - at))) });
        }
    }

    public override Task<DeleteModelResponse> DeleteModel(DeleteModelRequest request, ServerCallContext context) =>
        Files.Remove(request.ModelId) ? Task.FromResult(new DeleteModelResponse()) : throw new RpcException(new Status(StatusCode.NotFound, $"there is no model '{request.ModelId}'"));

    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
