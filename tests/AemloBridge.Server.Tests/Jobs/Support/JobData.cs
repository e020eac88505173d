using System.Text.Json.Nodes;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Resampling;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Tests.Jobs.Support;

/// <summary>Data sets and options of jobs that take as long as a test wants.</summary>
internal static class JobData
{
    /// <summary>A tiny network: an epoch over <see cref="Rows"/> takes milliseconds.</summary>
    public static AemloOptions Small { get; } = AemloPresets.Default with
    {
        Hidden = 16,
        Latent = 8,
        Epochs = 3,
        Threads = 1,
        Seed = 5,
        Num = 30,
        Device = DeviceKind.Cpu,
    };

    /// <summary>More epochs than any test waits for.</summary>
    public static AemloOptions Endless { get; } = Small with { Epochs = 1_000_000 };

    /// <summary>The sample data set's first rows.</summary>
    public static MultiLabelDataset Rows { get; } = SampleDataset.Create(3).SelectRows([.. Enumerable.Range(0, 600)]);

    /// <summary>The same rows without their zeros.</summary>
    public static MultiLabelDataset Sparse { get; } = new(Rows.Schema, WithoutZeros(Rows.Features), Rows.Labels);

    /// <summary>Leaves a checkpoint of a job in its folder.</summary>
    public static void WriteCheckpoint(string folder, int epochs)
    {
        var checkpoint = new CheckpointPolicy(Path.Combine(folder, JobFiles.Checkpoint), everyEpochs: 1);
        AemloTrainer.Train(Rows, Small with { Epochs = epochs }, null, checkpoint).Dispose();
        Assert.Equal(epochs, CheckpointPolicy.SavedEpochs(checkpoint.Path));
    }

    /// <summary>A recipe as the server keeps it.</summary>
    public static byte[] Bytes(ResamplingRecipe recipe, MultiLabelDataset? data, Data.DatasetSchema? schema = null)
    {
        using var stream = new MemoryStream();
        RecipeParts.Write(stream, recipe, data?.RowCount ?? 0, data?.Features.IsSparse ?? recipe.NewRows.Features.IsSparse, schema);
        return stream.ToArray();
    }

    /// <summary>A report without the one part that differs between equal runs.</summary>
    public static string WithoutTimes(string report)
    {
        JsonNode document = JsonNode.Parse(report)!;
        document.AsObject().Remove("seconds");
        return document.ToJsonString();
    }

    /// <summary>Stores a data set as an upload does.</summary>
    public static DatasetRecord Store(IDatasetStore store, MultiLabelDataset data, string tenant = JobsFixture.Tenant)
    {
        using IDatasetUpload upload = store.Begin(tenant);
        DatasetFile.Write(upload.Content, data);
        var record = new DatasetRecord(
            tenant,
            DatasetDigest.Of(data),
            "rows",
            data.RowCount,
            data.Schema.FeatureCount,
            data.Schema.LabelCount,
            data.Features.IsSparse,
            data.Features.StoredCount,
            0,
            default,
            default);
        return upload.Commit(record, out _);
    }

    private static FeatureMatrix WithoutZeros(FeatureMatrix features)
    {
        var builder = new FeatureMatrixBuilder(features.ColumnCount, sparse: true);
        var row = new double[features.ColumnCount];
        for (int index = 0; index < features.RowCount; index++)
        {
            features.CopyRow(index, row);
            builder.AddDenseRow(row);
        }

        return builder.Build();
    }
}
