using System.Text.Json;
using System.Text.Json.Nodes;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Tests.Commands;

public class MethodCommandsTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    public static TheoryData<string> WithoutTraining => [.. ResamplingMethods.All.Where(method => !method.Trains).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(WithoutTraining))]
    public void Oversample_WithAMethod_WritesWhatTheRecipeGives(string name)
    {
        using var folder = new TempFolder();
        MultiLabelDataset data = Read(sample.Data);
        ResamplingResult expected = ResamplingMethods.Get(name).Run(data, ResamplingMethods.Get(name).Presets[0] with { Seed = 4 }, cancellationToken: TestContext.Current.CancellationToken);

        CliResult result = InProcess.Run("oversample", sample.Data, "-o", folder.File("out.arff"), "--method", name, "--seed", "4", "--json", "--report", folder.File("run.json"));

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonElement json = result.Json();
        Assert.Equal(name, json.GetProperty("method").GetString());
        Assert.Equal(expected.Recipe.CloneSources.Length, json.GetProperty("clones").GetInt32());
        Assert.Equal(expected.Recipe.NewRows.Count, json.GetProperty("newRows").GetInt32());
        Assert.Equal(expected.After.Rows, ArffText.DataLines(folder.File("out.arff")).Length);
        Assert.Equal(expected.After.Labels.Select(label => label.Positives), Read(folder.File("out.arff")).Labels.PositiveCounts());
        JsonNode report = JsonFile.Read(folder.File("run.json"));
        Assert.Equal(name, report["method"]!.GetValue<string>());
        Assert.Equal(json.GetProperty("requestedRows").GetInt32(), report["recipe"]!["requested"]!.GetValue<int>());
        if (report["synthetic"] is { } made && expected.Recipe.CloneSources.Length == 0)
            Assert.Equal(report["recipe"]!["requested"]!.GetValue<int>(), made["requested"]!.GetValue<int>());
    }

    [Fact]
    public void Oversample_WithAMethodAsText_SaysWhatWasDone()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("oversample", sample.Data, "-o", folder.File("out.arff"), "-m", "mlros", "-n", "50", "--seed", "4");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Contains("MLROS: 50 rows repeated (seed 4)", result.Out);
    }

    [Fact]
    public void Methods_Alone_ListsEveryMethodWithItsOptions()
    {
        CliResult result = InProcess.Run("methods");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string text = string.Join(' ', result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(ResamplingMethods.All, method => Assert.Contains($"{method.Name} {method.Title}: {method.Description}. Options: {string.Join(", ", method.Options.Select(option => option.Name))}.", text));
    }

    [Fact]
    public void Methods_Named_DescribesEveryOptionOfThose()
    {
        CliResult result = InProcess.Run("methods", "mlros", "MLRUS");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string text = string.Join(' ', result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(new[] { "mlros", "mlrus" }.Select(ResamplingMethods.Get), method =>
        {
            Assert.Contains($"Source: {method.Source}", text);
            Assert.All(method.Options, option => Assert.Contains($"--{option.Name} ", text));
            Assert.All(method.Options, option => Assert.Contains($"{option.Description};", text));
        });
        Assert.DoesNotContain("--epochs", text);
    }

    [Fact]
    public void Methods_AsJson_HasAllThatAFormNeeds()
    {
        JsonElement json = InProcess.Run("methods", "--json").Json();

        Assert.Equal(ResamplingMethods.All.Select(method => method.Name), json.EnumerateArray().Select(method => method.GetProperty("name").GetString()));
        JsonElement rate = json[0].GetProperty("options").EnumerateArray().Single(option => option.GetProperty("name").GetString() == "rate");
        Assert.Equal(("number", "0.3", "[0, 1000]"), (rate.GetProperty("type").GetString(), rate.GetProperty("default").GetString(), rate.GetProperty("range").GetString()));
    }

    [Fact]
    public void Methods_UnknownName_IsAUsageError()
    {
        CliResult result = InProcess.Run("methods", "smote");

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("'smote' is not a method; choose one of aemlo, ", result.Error);
    }

    [Fact]
    public void Analyze_Compare_RunsEveryMethodAndGivesWhatEachGivesAlone()
    {
        using var folder = new TempFolder();
        string data = SmallData.Write(folder);

        CliResult result = InProcess.Run("analyze", data, "--compare", "--json");
        CliResult alone = InProcess.Run("oversample", data, "-o", folder.File("out.arff"), "--method", "mlros", "--seed", "1", "--json");
        CliResult text = InProcess.Run("analyze", data, "--compare");

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        JsonElement[] methods = [.. result.Json().GetProperty("methods").EnumerateArray()];
        Assert.Equal(ResamplingMethods.All.Select(method => method.Name), methods.Select(method => method.GetProperty("method").GetString()));
        JsonElement compared = methods.Single(method => method.GetProperty("method").GetString() == "mlros").GetProperty("after");
        Assert.True(JsonElement.DeepEquals(alone.Json().GetProperty("after"), compared), compared.ToString());
        Assert.All(ResamplingMethods.All, method => Assert.Contains($"\n{method.Title} ", text.Out));
        Assert.All(ResamplingMethods.All, method => Assert.Contains($"running {method.Title}", text.Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public void Analyze_CompareWhereOneMethodCannotRun_SaysWhyAndRunsTheOthers(string json)
    {
        CliResult result = AemloProcess.Run(["analyze", sample.Data, "--compare", .. json.Split(' ', StringSplitOptions.RemoveEmptyEntries)], new Dictionary<string, string> { ["AEMLO_LIBTORCH"] = "/no/such/folder" });

        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        if (json.Length == 0)
        {
            Assert.Contains("AEMLO was not run: AEMLO_LIBTORCH=/no/such/folder", result.Out);
            Assert.All(ResamplingMethods.All.Where(method => !method.Trains), method => Assert.Contains($"\n{method.Title} ", result.Out));
            return;
        }

        JsonElement[] methods = [.. result.Json().GetProperty("methods").EnumerateArray()];
        Assert.Contains("AEMLO_LIBTORCH=/no/such/folder", methods[0].GetProperty("error").GetString());
        Assert.All(methods[1..], method => Assert.Equal(JsonValueKind.Null, method.GetProperty("error").ValueKind));
    }

    private static MultiLabelDataset Read(string path) =>
        ArffReader.Read(path, LabelSelection.Xml(Path.ChangeExtension(path, ".xml")), cancellationToken: TestContext.Current.CancellationToken);
}
