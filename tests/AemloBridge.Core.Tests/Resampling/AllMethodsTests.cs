using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling;

/// <summary>What holds for every method there is; one that is added is covered by being in the list.</summary>
public sealed class AllMethodsTests
{
    private static readonly MultiLabelDataset[] Degenerate =
    [
        Literal.OfLabels("1"),
        Literal.OfLabels("0"),
        Literal.OfLabels("00", "00", "00"),
        Literal.OfLabels("11", "11", "11"),
        Literal.OfLabels("10", "01"),
        Literal.OfLabels("10", "10", "10", "10", "01"),
        Literal.OfLabels("110", "110", "110", "100", "010", "001", "001"),
        TestData.Literal([DataAttribute.Numeric("x"), DataAttribute.Nominal("v", "a", "b")], 2, [.. Enumerable.Range(0, 9).Select(row => (double[])[1, 1, 1, row == 0 ? 1 : 0])]),
        TestData.Literal([DataAttribute.Numeric("x")], 2, [.. Enumerable.Range(0, 9).Select(row => (double[])[double.NaN, 1, row < 2 ? 1 : 0])]),
    ];

    public static TheoryData<string> Names => [.. ResamplingMethods.All.Select(method => method.Name)];

    /// <summary>AEMLO's own tests do what takes a training.</summary>
    public static TheoryData<string> WithoutTraining => [.. ResamplingMethods.All.Where(method => !method.Trains).Select(method => method.Name)];

    /// <summary>Options other than the defaults, each as "name value name value".</summary>
    private static readonly Dictionary<string, string[]> Variants = new()
    {
        ["mlsmote"] = ["neighbours 65536", "num 0", "num 1000", "label-rule union num 1000", "nominal-distance overlap neighbours 1"],
        ["mlsol"] = ["neighbours 65536 rate 1", "neighbours 1 rate 1", "num 0", "num 1000"],
        ["mlbote"] = ["neighbours 65536 border-neighbours 65536 noise-neighbours 65536 noise-label-neighbours 65536 self-ratio 1", "neighbours 1 border-neighbours 1 noise-neighbours 1 noise-label-neighbours 1"],
        ["mlros"] = ["num 0", "num 1000", "rate 0", "rate 1000"],
        ["lpros"] = ["num 0", "num 1000", "rate 0", "rate 1000"],
        ["remedial"] = [],
        ["remedial-hwr"] =
        [
            .. from partner in (string[])["mlros", "mlsmote", "enn"]
               from rest in (string[])["", " num 0", " num 1000", " neighbours 65536", " label-rule intersection difference 0"]
               select $"partner {partner}{rest}",
        ],
        ["mlrus"] = ["num 0", "num 1000", "rate 0", "rate 1"],
        ["lprus"] = ["num 0", "num 1000", "rate 0", "rate 1"],
        ["mltl"] = ["mode authors", "mode authors protect-minority false threshold 0", "mode authors neighbours 65536", "neighbours 65536 threshold 0", "jaccard-denominator true threshold 1"],
    };

    public static TheoryData<string, string> OnDegenerate =>
        [.. from method in ResamplingMethods.All where !method.Trains from variant in Variants[method.Name].Prepend("") select (method.Name, variant)];

    [Fact]
    public void All_NamesAndTitles_AreDistinct()
    {
        Assert.Equal(ResamplingMethods.All.Count, ResamplingMethods.All.Select(method => method.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(ResamplingMethods.All.Count, ResamplingMethods.All.Select(method => method.Title).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(ResamplingMethods.All.Count, ResamplingMethods.All.Select(method => method.Description).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void Describe_Method_IsComplete(string name)
    {
        IResamplingMethod method = ResamplingMethods.Get(name.ToUpperInvariant());
        Assert.Equal(name, method.Name);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name);
        Assert.Equal(name, method.Title.ToLowerInvariant());
        Assert.False(method.Description.EndsWith('.'));
        Assert.True(method.Description.Length > 20);
        Assert.Matches("[0-9]{4}", method.Source);
        Assert.Same(method, ResamplingMethods.Of(method.Presets[0]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Describe_Options_AreCompleteAndDistinct(string name)
    {
        IReadOnlyList<MethodOption> options = ResamplingMethods.Get(name).Options;
        Assert.Equal(options.Count, options.Select(option => option.Name).Distinct().Count());
        Assert.Equal(options.Count, options.Select(option => option.Description).Distinct().Count());
        Assert.Contains(options, option => option.Name == "seed");
        Assert.All(options, option =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", option.Name);
            Assert.NotEmpty(option.Description);
            Assert.False(option.Description.EndsWith('.'));
            Assert.NotEmpty(option.Source);
            Assert.NotEmpty(option.Range);
            Assert.True(option.Default is not null || !string.IsNullOrEmpty(option.UnsetMeaning), option.Name);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void Options_DefaultsAndPresets_AreValidAndCanBeSetFromTheirText(string name)
    {
        IResamplingMethod method = ResamplingMethods.Get(name);
        Assert.Equal(ResamplingOptions.DefaultPreset, method.Presets[0].Preset);
        foreach (ResamplingOptions preset in method.Presets)
        {
            method.Validate(preset);
            foreach (MethodOption option in method.Options.Where(option => option.Format(preset) is not null))
                Assert.Equal(preset, option.Apply(preset, option.Format(preset)!));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Options_NumberOutOfRange_RefusedByName(string name)
    {
        IResamplingMethod method = ResamplingMethods.Get(name);
        foreach (MethodOption option in method.Options.Where(option => option.Minimum is not null))
        {
            AemloOptionException error = Assert.Throws<AemloOptionException>(() => option.Apply(method.Presets[0], "-1000000000"));
            Assert.StartsWith($"--{option.Name}: -1000000000 is out of range; allowed: ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Run_OptionsOfAnotherMethod_Refused(string name)
    {
        ResamplingOptions other = ResamplingMethods.All.First(method => method.Name != name).Presets[0];
        Assert.Throws<ArgumentException>(() => ResamplingMethods.Get(name).Run(TestData.Numeric(), other, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => ResamplingMethods.Get(name).Validate(other));
    }

    [Theory, MemberData(nameof(WithoutTraining))]
    public void Run_DataThatCannotBeUsed_Refused(string name)
    {
        MultiLabelDataset data = TestData.Numeric(rows: 10);
        ResamplingOptions options = ResamplingMethods.Get(name).Presets[0];
        Assert.Contains("no rows", Assert.Throws<AemloInputException>(() => Literal.Run(data.SelectRows([]), options)).Message, StringComparison.Ordinal);
        MultiLabelDataset infinite = TestData.Literal([DataAttribute.Numeric("x")], 1, [[double.PositiveInfinity, 1], [0, 0]]);
        Assert.Throws<AemloInputException>(() => Literal.Run(infinite, options));
    }

    [Theory, MemberData(nameof(OnDegenerate))]
    public void Run_DegenerateData_ResultOrSentence(string name, string variant)
    {
        ResamplingOptions options = With(name, variant);
        foreach ((int at, MultiLabelDataset data) in Degenerate.Index())
        {
            try
            {
                ResamplingResult result = Literal.Run(data, options);
                Assert.True(Sound(result, data) || result.Report.Warnings.Count > 0, $"data {at}: nothing was done, and nothing said");
            }
            catch (AemloInputException error)
            {
                Assert.Contains(' ', error.Message);
            }
        }
    }

    [Theory, MemberData(nameof(WithoutTraining))]
    public void Run_RandomDatasets_RecipeIsSoundAndRepeatable(string name)
    {
        int changed = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1, hierarchy: seed % 5 == 4);
            ResamplingResult result;
            try
            {
                result = Literal.Run(data, Seeded(name, seed));
            }
            catch (AemloInputException)
            {
                continue;
            }

            changed += Sound(result, data) ? 1 : 0;
            DatasetAssert.Equal(result.Recipe.ApplyTo(data), Literal.Run(data, Seeded(name, seed)).Recipe.ApplyTo(data));
        }

        Assert.True(changed > 5);
    }

    [Theory, MemberData(nameof(WithoutTraining))]
    public void Run_DenseAndSparse_SameRows(string name)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            MultiLabelDataset dense = RandomDatasets.Make(seed);
            MultiLabelDataset sparse = RandomDatasets.Make(seed, sparse: true);
            MultiLabelDataset? first = After(dense), second = After(sparse);
            Assert.Equal(first is null, second is null);
            if (first is null || second is null)
                continue;
            Assert.True(second.Features.IsSparse);
            DatasetAssert.Equal(first, second);

            MultiLabelDataset? After(MultiLabelDataset data)
            {
                try
                {
                    return Literal.Run(data, Seeded(name, 3)).Recipe.ApplyTo(data);
                }
                catch (AemloInputException)
                {
                    return null;
                }
            }
        }
    }

    [Theory, MemberData(nameof(WithoutTraining))]
    public void Run_WithoutASeed_ReportsTheOneItDrew(string name)
    {
        MultiLabelDataset data = TestData.Numeric();
        ResamplingResult drawn = Literal.Run(data, ResamplingMethods.Get(name).Presets[0]);
        Assert.Equal(name, drawn.Report.Method);
        DatasetAssert.Equal(drawn.Recipe.ApplyTo(data), Literal.Run(data, Seeded(name, drawn.Report.Seed)).Recipe.ApplyTo(data));
    }

    [Theory, MemberData(nameof(WithoutTraining))]
    public void Run_Cancelled_Stops(string name)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ResamplingMethods.Get(name).Run(TestData.Numeric(), Seeded(name, 1), cancellationToken: cancelled.Token));
    }

    private static ResamplingOptions With(string name, string variant)
    {
        IResamplingMethod method = ResamplingMethods.Get(name);
        return variant.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).Aggregate(
            Seeded(name, 1), (options, pair) => method.Options.Single(option => option.Name == pair[0]).Apply(options, pair[1]));
    }

    private static ResamplingOptions Seeded(string name, long seed) => ResamplingMethods.Get(name).Presets[0] with { Seed = seed };

    /// <summary>Whether anything was changed; fails where the recipe does not fit the data or the report.</summary>
    private static bool Sound(ResamplingResult result, MultiLabelDataset data)
    {
        ResamplingRecipe recipe = result.Recipe;
        int[] kept = recipe.KeptRows ?? Literal.AllRows(data);
        Assert.Equal(kept.Distinct().Order(), kept);
        int[] parents = [.. kept, .. recipe.CloneSources, .. recipe.NewRows.SeedRows, .. (recipe.NewRows.NeighbourRows ?? []).Where(row => row != -1)];
        Assert.All(parents, row => Assert.InRange(row, 0, data.RowCount - 1));
        Assert.All(recipe.LabelEdits, edit => Assert.Contains(edit.Row, kept));
        Assert.All(recipe.LabelEdits, edit => Assert.NotEqual(data.Labels[edit.Row, edit.Label], edit.Value));
        Assert.Equal(recipe.NewRows.Count, recipe.NewRows.NeighbourRows?.Length ?? recipe.NewRows.Count);
        Assert.Equal(data.Weights is null || recipe.NewRows.Count == 0, recipe.NewRows.Weights is null || recipe.NewRows.Weights.Length == 0);

        MultiLabelDataset after = recipe.ApplyTo(data);
        string[] names = [.. data.Schema.Labels.Select(label => label.Name)];
        Assert.Equivalent(ImbalanceMeasures.Compute(after.Labels, names, MinorityRule.Irlbl, 1), result.After, strict: true);
        Assert.Equal(data.RowCount, result.Before.Rows);
        Assert.All(result.Report.Warnings, warning => Assert.False(warning.EndsWith('.')));
        return kept.Length < data.RowCount || recipe.LabelEdits.Count + recipe.CloneSources.Length + recipe.NewRows.Count > 0;
    }
}
