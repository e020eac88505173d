using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>A job as a whole: what is asked for, what a server sends, and how the result is compared.</summary>
internal static class SampleJob
{
    public static readonly MultiLabelDataset Given = TestData.Mixed(rows: 40);

    public static readonly AemloOptions Options = AemloPresets.Default with { Epochs = 3, Seed = 5 };

    public static ResamplingRecipe Recipe { get; } = ResamplingRecipe.Append(new SyntheticRows(
        Given.Features.SelectRows([.. Enumerable.Range(0, 30)]),
        Given.Labels.SelectRows([.. Enumerable.Range(0, 30)]),
        null,
        [.. Enumerable.Range(0, 30)],
        [.. Enumerable.Range(0, 30).Select(row => row % 3 == 0 ? -1 : row - 1)]));

    public static JobEvent[] WholeJob =>
        [Happened.Accepted(), Happened.Queued(2), Happened.Started(), Happened.Epoch(1), Happened.Epoch(2), .. Happened.Recipe(Recipe, Given), Happened.Report()];

    public static async Task SendAsync(FakeJobCall call, params JobEvent[] events)
    {
        foreach (JobEvent happened in events)
            await call.Write(happened);
    }

    public static async Task DropAsync(FakeJobCall call, params JobEvent[] events)
    {
        await SendAsync(call, events);
        call.Drop();
    }

    public static void AssertSame(ResamplingRecipe expected, ResamplingRecipe actual)
    {
        Assert.Equal(expected.KeptRows, actual.KeptRows);
        Assert.Equal(expected.NewRows.SeedRows, actual.NewRows.SeedRows);
        Assert.Equal(expected.NewRows.NeighbourRows, actual.NewRows.NeighbourRows);
        DatasetAssert.EqualRows(AsData(expected), 0, AsData(actual), 0, expected.NewRows.Count);
    }

    public static MultiLabelDataset AsData(ResamplingRecipe recipe) => new(Given.Schema, recipe.NewRows.Features, recipe.NewRows.Labels, recipe.NewRows.Weights);
}
