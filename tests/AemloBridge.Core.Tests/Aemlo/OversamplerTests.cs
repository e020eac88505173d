using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo;

[Collection(TorchCollection.Name)]
public class OversamplerTests
{
    internal static AemloOptions Small(AemloOptions preset) =>
        preset with { Latent = 16, Hidden = 12, Epochs = 4, BatchSize = 32, Seed = 5, Threads = 1, Device = DeviceKind.Cpu };

    public static TheoryData<string> Presets => [.. AemloPresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Run_EachPreset_MakesValidRowsFromMinoritySeeds(string preset)
    {
        MultiLabelDataset data = TestData.Mixed();
        var epochs = new List<EpochReport>();
        AemloOptions options = Small(AemloPresets.Get(preset)) with { Num = 40 };
        OversamplingResult result = AemloOversampler.Run(data, options, new Collect(epochs), TestContext.Current.CancellationToken);

        var rows = result.Recipe.NewRows;
        if (preset == AemloPresets.PublishedName)
            Assert.InRange(rows.Count, 1, 40);
        else
            Assert.Equal(40, rows.Count);
        Assert.Null(result.Recipe.KeptRows);
        Assert.All(rows.SeedRows, seed => Assert.Contains(result.Before.Labels.Select((label, j) => (label, j)), pair => pair.label.IsMinority && data.Labels[seed, pair.j]));
        Assert.Equal(4, epochs.Count);
        for (int row = 0; row < rows.Count; row++)
        {
            Assert.InRange(rows.Features[row, 0], -5, 5);
            Assert.InRange(rows.Features[row, 1], 0, 8);
            Assert.Contains(rows.Features[row, 2], new double[] { 0, 1 });
            Assert.Contains(rows.Features[row, 3], new double[] { 0, 1, 2, 3 });
            Assert.InRange(rows.Features[row, 4], 0, 1);
            Assert.True(rows.Labels.RowCardinality(row) > 0);
        }
    }

    internal sealed class Collect(List<EpochReport> into) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => into.Add(value);
    }
}
