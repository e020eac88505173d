using AemloBridge.Protocol.V1;
using AemloBridge.Server.Security;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Grpc.Core;
using V1 = AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Models;

/// <summary>The calls of model_service.proto.</summary>
internal sealed class ModelService(IModelStore store, ModelUploads uploads) : V1.ModelService.ModelServiceBase
{
    /// <summary>Bytes of a part, so that its message stays below 1 MiB.</summary>
    private const int PartBytes = 1_000_000;

    private static readonly Paging Pages = new("models");

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        IReadOnlyList<ModelRecord> found = store.List(context.Tenant(), Pages.After(request.PageToken), size + 1);
        (IReadOnlyList<ModelRecord> page, string token) = Pages.Cut(found, size, model => model.Id);
        return Task.FromResult(new ListModelsResponse { Models = { page.Select(Message) }, NextPageToken = token });
    }

    public override async Task DownloadModel(DownloadModelRequest request, IServerStreamWriter<DownloadModelResponse> responseStream, ServerCallContext context)
    {
        ModelRecord model = StoredModels.Find(store, context.Tenant(), "model_id", request.ModelId);
        await using FileStream stream = StoredModels.Open(store, model);
        var header = new ModelFileHeader { Name = model.Name, ByteCount = (ulong)model.Bytes, Sha256 = model.Sha256 };
        await responseStream.WriteAsync(new DownloadModelResponse { Header = header }, context.CancellationToken);
        var buffer = new byte[PartBytes];
        int read;
        while ((read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.CancellationToken)) > 0)
        {
            // A write has copied the bytes by the time it is done.
            ByteString content = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read));
            await responseStream.WriteAsync(new DownloadModelResponse { Content = content }, context.CancellationToken);
            ServiceMetrics.SentModel(read);
        }
    }

    public override async Task<UploadModelResponse> UploadModel(IAsyncStreamReader<UploadModelRequest> requestStream, ServerCallContext context)
    {
        (ModelRecord model, bool existed) = await uploads.ReceiveAsync(context.Tenant(), requestStream, context.CancellationToken);
        return new UploadModelResponse { Model = Message(model), Existed = existed };
    }

    public override Task<DeleteModelResponse> DeleteModel(DeleteModelRequest request, ServerCallContext context)
    {
        string id = RequestFields.Id("model_id", StoredModels.What, request.ModelId);
        if (!store.Delete(context.Tenant(), id))
            throw RequestFields.NotFound(StoredModels.What, id);
        return Task.FromResult(new DeleteModelResponse());
    }

    private Model Message(ModelRecord model) => StoredModels.Message(model, store.Expires(model));
}
