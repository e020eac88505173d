using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlbote;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Tests.Resampling.Mlbote;

public sealed class MlboteMethodTests
{
    private static readonly MlboteOptions Options = new() { Seed = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Degenerate => ["one row", "two rows", "equal rows", "no labels", "all labels", "one positive", "one negative"];

    [Theory, MemberData(nameof(Degenerate))]
    public void Run_DegenerateData_GivesItBackAndSaysWhy(string kind)
    {
        MultiLabelDataset data = kind switch
        {
            "one row" => Line.Of((1, "a")),
            "two rows" => Line.Of((1, "a"), (2, "")),
            "equal rows" => Line.Of([.. Enumerable.Repeat((1.0, "a"), 3), .. Enumerable.Repeat((1.0, ""), 9)]),
            "no labels" => Line.Of([.. Enumerable.Range(0, 9).Select(place => ((double)place, ""))]),
            "all labels" => Line.Of([.. Enumerable.Range(0, 9).Select(place => ((double)place, "a"))]),
            "one positive" => Line.Of([(20, "a"), .. Enumerable.Range(0, 9).Select(place => ((double)place, ""))]),
            _ => Line.Of([(20, ""), .. Enumerable.Range(0, 9).Select(place => ((double)place, "a"))]),
        };
        ResamplingResult result = new MlboteMethod().Run(data, Options, null, Token);
        Assert.Equal(data.RowCount, result.Recipe.RowCount(data.RowCount));
        Assert.Empty(result.Recipe.LabelEdits);
        string start = kind == "no labels" ? "nothing was done: no row has a label, so there is nothing to balance" : "nothing was done: no label is rare enough, and";
        Assert.StartsWith(start, Assert.Single(result.Report.Warnings));
    }

    [Fact]
    public void Run_MoreNeighboursThanRows_TakesAllThereAre()
    {
        MultiLabelDataset data = TestData.Mixed(rows: 30);
        MlboteOptions options = Options with { Neighbours = 60000, BorderNeighbours = 60000, NoiseNeighbours = 60000, NoiseLabelNeighbours = 60000, SelfRatio = 1 };
        ResamplingRecipe many = new MlboteMethod().Run(data, options, null, Token).Recipe;
        ResamplingRecipe all = new MlboteMethod().Run(data, options with { Neighbours = 1000, BorderNeighbours = 1000, NoiseNeighbours = 29, NoiseLabelNeighbours = 29 }, null, Token).Recipe;
        Assert.NotEqual(0, many.NewRows.Count);
        Assert.Equal(all.NewRows.SeedRows, many.NewRows.SeedRows);
    }

    [Fact]
    public void Run_RareLabel_SaysWhatEachStageMade()
    {
        ResamplingResult result = new MlboteMethod().Run(TestData.Numeric(), Options with { SelfRatio = 1 }, null, Token);
        Assert.Matches(@"^rows made: self-borderline \d+ of \d+, cross-borderline \d+ of \d+, interior \d+ of \d+; the others' seeds have a label set that no other row has$", Assert.Single(result.Report.Warnings));
        Assert.True(result.After.Labels[^1].Positives > result.Before.Labels[^1].Positives);
    }

    [Fact]
    public void Warnings_NothingDropped_GiveNoReason()
    {
        var self = new StageCount("self-borderline");
        self.Add(5, 5);
        var interior = new StageCount("interior");
        Assert.Equal("rows made: self-borderline 5 of 5, interior 0 of 0", Assert.Single(MlboteWarnings.Of([self, interior], 0)));
        interior.Add(3, 2);
        Assert.EndsWith("interior 2 of 3; the others' seeds have a label set that no other row has", Assert.Single(MlboteWarnings.Of([self, interior], 0)));
    }

    [Fact]
    public void Run_GivenData_IsNotChanged()
    {
        // The fourth row's label is noise, and is cleared in the result alone.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2, "a"), (100, "a"), (100.25, ""));
        MlboteOptions options = Options with { NoiseNeighbours = 1, NoiseLabelNeighbours = 1, ScaleNumeric = false };
        ResamplingRecipe recipe = new MlboteMethod().Run(data, options, null, Token).Recipe;
        Assert.Equal([new LabelEdit(3, 0, false)], recipe.LabelEdits);
        Assert.True(data.Labels[3, 0]);
        Assert.False(recipe.ApplyTo(data.Labels)[3, 0]);
    }

    [Fact]
    public void Run_UnscaledRangeThatOverflows_NamesTheAttribute()
    {
        MultiLabelDataset data = Line.Of((-1e200, "a"), (1e200, "a"), (0, ""), (1, ""), (2, ""));
        AemloInputException error = Assert.Throws<AemloInputException>(() => new MlboteMethod().Run(data, Options with { ScaleNumeric = false }, null, Token));
        Assert.Contains("attribute 'x' spans more than 1e+100", error.Message);
        Assert.Contains("leave scale-numeric on", error.Message);
        Assert.NotNull(new MlboteMethod().Run(data, Options, null, Token));
    }

    [Fact]
    public void Run_SpreadRemainder_MakesWhatRoundingLoses()
    {
        // Both rows with the label are seeds, ImR = 4: 0.2 of 8 rows, so 1.6 in all, and less than half a row in each of ten loops.
        MultiLabelDataset data = Line.Of((0, "a"), (1, "a"), (2.5, ""), (3.5, ""), (5.5, ""), (7.5, ""), (-2, ""), (-3, ""), (-5, ""), (-8, ""));
        MlboteOptions options = Options with { SelfRatio = 0.2, Cross = false, Interior = false, ImbalanceThreshold = 1 };
        Assert.Equal(0, new MlboteMethod().Run(data, options, null, Token).Report.Recipe!.Requested);
        Assert.Equal(2, new MlboteMethod().Run(data, options with { SpreadRemainder = true }, null, Token).Report.Recipe!.Requested);
    }

    [Fact]
    public void Run_Cancelled_Throws() => Assert.ThrowsAny<OperationCanceledException>(() =>
        new MlboteMethod().Run(TestData.Numeric(), Options, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Options_Defaults_AreThoseOfTheAuthorsDriver()
    {
        Dictionary<string, string?> defaults = ResamplingMethods.Get("MLBOTE").Options.ToDictionary(option => option.Name, option => option.Default);
        Dictionary<string, string> expected = new()
        {
            ["self-ratio"] = "0.01",
            ["loops"] = "10",
            ["cross-threshold"] = "5",
            ["neighbours"] = "5",
            ["border-neighbours"] = "3",
            ["noise-neighbours"] = "5",
            ["noise-label-neighbours"] = "5",
            ["imbalance-threshold"] = "10",
            ["frequency-damping"] = "1",
            ["step-size"] = "1",
            ["disjunct-ratio"] = "1",
            ["cross"] = "true",
            ["interior"] = "true",
            ["adapt-threshold"] = "false",
            ["adapt-ratio"] = "0.2",
            ["scale-numeric"] = "true",
            ["spread-remainder"] = "false",
        };
        Assert.Equal(expected, defaults.Where(option => option.Key is not ("seed" or "threads" or "device")).ToDictionary(option => option.Key, option => option.Value!));
    }

    [Theory, InlineData("loops", "0"), InlineData("neighbours", "0"), InlineData("cross-threshold", "0.5"), InlineData("step-size", "0"), InlineData("self-ratio", "-1")]
    public void Options_OutOfRange_AreRefusedByName(string name, string value)
    {
        MethodOption option = new MlboteMethod().Options.Single(option => option.Name == name);
        Assert.Contains(name, Assert.Throws<AemloOptionException>(() => option.Apply(Options, value)).Message);
    }
}
