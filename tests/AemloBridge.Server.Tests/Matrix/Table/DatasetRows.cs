using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Services.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>The calls of data sets.</summary>
internal static class DatasetRows
{
    public static IReadOnlyList<RpcRow> All { get; } =
    [
        new(Rpcs.Taking<UploadDatasetRequest>())
        {
            About = About.Kept,
            Request = _ => MatrixData.Upload(MatrixData.NewDataset),
            Right = RpcRow.One<UploadDatasetResponse>(IsStoredAsync),
            Bad = Refusal.Names("header", [.. MatrixData.Upload(MatrixData.NewDataset).Skip(1)]),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.NothingOfTheUpload,
            ForOtherTenant = ForOtherTenant.OwnCopy,
        },
        new(Rpcs.Taking<FindDatasetRequest>())
        {
            About = About.Kept,
            Request = target => [new FindDatasetRequest { Digest = target.Dataset }],
            Right = RpcRow.One<FindDatasetResponse>((_, _, found) => IsOf(JobData.Rows, found.Dataset)),
            Bad = Refusal.Names("digest", new FindDatasetRequest { Digest = "no digest" }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<ListDatasetsRequest>())
        {
            About = About.Kept,
            Request = _ => [new ListDatasetsRequest()],
            Right = RpcRow.One<ListDatasetsResponse>((_, target, list) => IsOf(JobData.Rows, Assert.Single(list.Datasets, dataset => dataset.Digest == target.Dataset))),
            Bad = Refusal.Names("page_size", new ListDatasetsRequest { PageSize = 1001 }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.EmptyList,
        },
        new(Rpcs.Taking<DeleteDatasetRequest>())
        {
            About = About.SpareDataset,
            Request = target => [new DeleteDatasetRequest { Digest = target.Dataset }],
            Right = RpcRow.One<DeleteDatasetResponse>((lab, target, _) => StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => lab.CallAsync(new FindDatasetRequest { Digest = target.Dataset }))),
            Bad = Refusal.Names("digest", new DeleteDatasetRequest()),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<AnalyzeRequest>())
        {
            About = About.Kept,
            Request = target => [new AnalyzeRequest { DatasetDigest = target.Dataset }],
            Right = RpcRow.One<AnalyzeResponse>((_, _, answer) => Assert.Equal(Positives(JobData.Rows), answer.Report.Labels.Select(label => (label.Name, label.Positives)))),
            Bad = Refusal.Names("options[epochs]", new AnalyzeRequest { DatasetDigest = Target.Unknown.Dataset, Options = { ["epochs"] = "3" } }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
    ];

    private static async Task IsStoredAsync(Lab lab, Target target, UploadDatasetResponse stored)
    {
        Assert.False(stored.Existed);
        IsOf(MatrixData.NewDataset, stored.Dataset);
        IsOf(MatrixData.NewDataset, (await lab.AskAsync<FindDatasetResponse>(new FindDatasetRequest { Digest = stored.Dataset.Digest })).Dataset);
    }

    private static void IsOf(MultiLabelDataset data, Dataset dataset) => Assert.Equal(
        (DatasetDigest.Of(data), (ulong)data.RowCount, (uint)data.Schema.FeatureCount, (uint)data.Schema.LabelCount),
        (dataset.Digest, dataset.RowCount, dataset.FeatureCount, dataset.LabelCount));

    private static IEnumerable<(string Name, ulong Count)> Positives(MultiLabelDataset data) =>
        data.Schema.Labels.Select((label, index) => (label.Name, (ulong)Enumerable.Range(0, data.RowCount).Count(row => data.Labels[row, index])));
}
