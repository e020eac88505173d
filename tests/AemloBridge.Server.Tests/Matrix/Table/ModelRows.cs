using System.Security.Cryptography;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>The calls of models.</summary>
internal static class ModelRows
{
    public static IReadOnlyList<RpcRow> All { get; } =
    [
        new(Rpcs.Taking<ListModelsRequest>())
        {
            About = About.Kept,
            Request = _ => [new ListModelsRequest()],
            Right = RpcRow.One<ListModelsResponse>((_, target, list) => IsOf(MatrixData.KeptModel, Assert.Single(list.Models, model => model.Id == target.Model))),
            Bad = Refusal.Names("page_token", new ListModelsRequest { PageToken = "made up" }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.EmptyList,
        },
        new(Rpcs.Taking<DownloadModelRequest>())
        {
            About = About.Kept,
            Request = target => [new DownloadModelRequest { ModelId = target.Model }],
            Right = IsDownloadedAsync,
            Bad = Refusal.Names("model_id", new DownloadModelRequest()),
            Held = Held.Answering,
            WhenLeft = WhenLeft.TimeOfUse,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<UploadModelRequest>())
        {
            About = About.Kept,
            Request = _ => MatrixData.Upload(MatrixData.NewModel),
            Right = RpcRow.One<UploadModelResponse>(IsStoredAsync),
            Bad = Refusal.Names("header.byte_count", new UploadModelRequest { Header = new ModelFileHeader { Name = "empty" } }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.NothingOfTheUpload,
            ForOtherTenant = ForOtherTenant.OwnCopy,
        },
        new(Rpcs.Taking<DeleteModelRequest>())
        {
            About = About.SpareModel,
            Request = target => [new DeleteModelRequest { ModelId = target.Model }],
            Right = RpcRow.One<DeleteModelResponse>((lab, target, _) => StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => lab.CallAsync(new DownloadModelRequest { ModelId = target.Model }))),
            Bad = Refusal.Names("model_id", new DeleteModelRequest()),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
    ];

    private static Task IsDownloadedAsync(Lab lab, Target target, IReadOnlyList<IMessage> answers)
    {
        DownloadModelResponse[] parts = [.. answers.Cast<DownloadModelResponse>()];
        Assert.Equal(Sha256(MatrixData.KeptModel), parts[0].Header.Sha256);
        Assert.Equal(MatrixData.KeptModel, parts.Skip(1).SelectMany(part => part.Content));
        return Task.CompletedTask;
    }

    private static async Task IsStoredAsync(Lab lab, Target target, UploadModelResponse stored)
    {
        Assert.False(stored.Existed);
        IsOf(MatrixData.NewModel, stored.Model);
        ListModelsResponse list = await lab.AskAsync<ListModelsResponse>(new ListModelsRequest());
        IsOf(MatrixData.NewModel, Assert.Single(list.Models, model => model.Id == stored.Model.Id));
    }

    private static void IsOf(byte[] file, Model model) => Assert.Equal((Sha256(file), (ulong)file.Length), (model.Sha256, model.ByteCount));

    private static string Sha256(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
