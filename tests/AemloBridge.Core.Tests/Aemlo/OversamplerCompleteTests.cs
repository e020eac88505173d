using System.Text.Json.Nodes;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Aemlo;

/// <summary>One training serves many rates and seeds, and none of them can tell.</summary>
[Collection(TorchCollection.Name)]
public class OversamplerCompleteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Cases => new MatrixTheoryData<string, bool>([.. AemloPresets.Names], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Complete_ModelFromItsFile_GivesTheRowsAndReportOfARunThatTrains(string preset, bool sparse)
    {
        MultiLabelDataset data = TestData.Mixed(sparse: sparse);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Get(preset));
        using var folder = new TemporaryFolder();
        string file = folder.File("m.safetensors");
        using (AemloModel trained = AemloTrainer.Train(data, options, cancellationToken: Cancellation))
            ModelFile.Save(trained, file, overwrite: false);
        using AemloModel model = ModelFile.Load(file, DeviceKind.Cpu, 1);

        foreach (AemloOptions wanted in new[] { options with { Rate = 0.1 }, options with { Num = 33 } })
        {
            OversamplingResult alone = AemloOversampler.Run(data, wanted, cancellationToken: Cancellation);
            OversamplingResult shared = AemloOversampler.Complete(data, wanted, model, Cancellation);

            AssertSame(data, alone.Recipe.NewRows, shared.Recipe.NewRows);
            Assert.Equal(WithoutTimes(alone.Report), WithoutTimes(shared.Report));
        }
    }

    [Fact]
    public void Complete_AnotherSeed_GivesTheRowsOfGenerateWithOrWithoutTheData()
    {
        MultiLabelDataset data = TestData.Mixed();
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default) with { Num = 25 };
        using AemloModel model = AemloTrainer.Train(data, options, cancellationToken: Cancellation);
        AemloOptions other = options with { Seed = 77 };

        SyntheticRows completed = AemloOversampler.Complete(data, other, model, Cancellation).Recipe.NewRows;

        AssertSame(data, AemloGenerator.Generate(model, other, null, Cancellation).Rows, completed);
        AssertSame(data, AemloGenerator.Generate(model, other, data, Cancellation).Rows, completed);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(5, 0)]
    public void NeedsModel_NothingToMake_IsFalseAndARunTrainsNothing(int num, int rare)
    {
        MultiLabelDataset data = TestData.Mixed(rare: rare);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Default) with { Num = num };

        Assert.False(AemloOversampler.NeedsModel(data, options));
        Assert.Null(AemloOversampler.Run(data, options, cancellationToken: Cancellation).Report.Device);
        Assert.True(AemloOversampler.NeedsModel(TestData.Mixed(), options with { Num = 5 }));
    }

    [Fact]
    public void Parse_WrittenReport_IsWrittenTheSameAgain()
    {
        RunReport report = AemloOversampler.Run(TestData.Mixed(), OversamplerTests.Small(AemloPresets.Default), cancellationToken: Cancellation).Report;

        Assert.Equal(report.ToJson(), RunReport.Parse(report.ToJson()).ToJson());
        Assert.Throws<AemloModelFormatException>(() => RunReport.Parse("{}"));
    }

    private static void AssertSame(MultiLabelDataset data, SyntheticRows expected, SyntheticRows actual)
    {
        Assert.Equal(expected.SeedRows, actual.SeedRows);
        Assert.Equal(expected.NeighbourRows, actual.NeighbourRows);
        DatasetAssert.EqualRows(new(data.Schema, expected.Features, expected.Labels, expected.Weights), 0, new(data.Schema, actual.Features, actual.Labels, actual.Weights), 0, expected.Count);
    }

    private static string WithoutTimes(RunReport report)
    {
        JsonNode json = JsonNode.Parse(report.ToJson())!;
        json.AsObject().Remove("seconds");
        return json.ToJsonString();
    }
}
