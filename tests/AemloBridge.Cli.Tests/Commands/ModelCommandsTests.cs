using System.Runtime.Versioning;
using System.Text.Json;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Commands;

public class ModelCommandsTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Fact]
    public void Models_OneFile_DescribesIt()
    {
        CliResult result = InProcess.Run("models", sample.Model);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains("2,400 rows, 60 features, 12 labels", result.Out);
        Assert.Equal("--latent 8 --hidden 16 --epochs 2 --threads 1 --device cpu", result.Row("options changed")[1]);
        Assert.Equal(["seed", "5"], result.Row("seed"));
    }

    [Fact]
    public void Models_FolderWithADamagedFile_ListsBothAndSucceeds()
    {
        using var folder = new TempFolder();
        File.Copy(sample.Model, folder.File("good.safetensors"));
        folder.Write("bad.safetensors", "no model");

        CliResult result = InProcess.Run("models", folder.Path, "--json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        JsonElement models = result.Json().GetProperty("models");
        Assert.Equal(["bad.safetensors", "good.safetensors"], models.EnumerateArray().Select(model => Path.GetFileName(model.GetProperty("file").GetString())));
        Assert.Equal(JsonValueKind.String, models[0].GetProperty("error").ValueKind);
        Assert.Equal(JsonValueKind.Null, models[1].GetProperty("error").ValueKind);
        Assert.Equal(5, models[1].GetProperty("seed").GetInt64());
    }

    [Fact]
    public void Models_DamagedFileNamedItself_EndsWithInputCodeAndTheReason()
    {
        using var folder = new TempFolder();
        byte[] whole = File.ReadAllBytes(sample.Model);
        File.WriteAllBytes(folder.File("cut.safetensors"), whole[..100]);

        CliResult result = InProcess.Run("models", folder.File("cut.safetensors"), sample.Model);

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains("cut.safetensors", result.Error);
        Assert.Contains("sample.safetensors", result.Out);
    }

    [Fact]
    public void Models_FileThatIsNotThere_EndsWithInputCode()
    {
        CliResult result = InProcess.Run("models", "/no/such/model.safetensors");

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains("there is no such model file", result.Error);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Models_FolderThatMayNotBeRead_IsListedWithTheReasonAndEndsWithInputCode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX permissions");
        using var folder = new TempFolder();
        string closed = Directory.CreateDirectory(folder.File("closed"), UnixFileMode.None).FullName;
        bool rootReadsAll = Environment.IsPrivilegedProcess;

        CliResult result = InProcess.Run("models", closed, sample.Model);
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(rootReadsAll ? ExitCodes.Ok : ExitCodes.Input, result.ExitCode);
        Assert.Equal(rootReadsAll, result.Error.Length == 0);
        Assert.Contains("sample.safetensors", result.Out);
    }

    [Fact]
    public void Generate_SeedDataWithWarnings_HasThemInTheDocument()
    {
        using var folder = new TempFolder();
        string[] lines = File.ReadAllLines(sample.Data);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        lines[last] = lines[last][..lines[last].LastIndexOf(',')] + ",?";
        string data = folder.File("missing.arff");
        File.WriteAllLines(data, lines);

        CliResult result = InProcess.Run("generate", "--model", sample.Model, "--data", data, "--labels", sample.Labels, "--missing-labels", "zero", "-n", "5", "-o", folder.File("rows.arff"), "--json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string[] warnings = [.. result.Json().GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        Assert.NotEmpty(warnings);
        Assert.Equal(warnings.Select(warning => $"aemlo: warning: {warning}"), result.Error.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("--labels", "last:12")]
    [InlineData("--positive", "yes")]
    [InlineData("--missing-labels", "zero")]
    public void Generate_OptionOfSeedDataWithoutSeedData_IsAUsageError(string option, string value)
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("generate", "--model", sample.Model, "-o", folder.File("rows.arff"), option, value);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith($"aemlo: error: {option} ", result.Error);
        Assert.Contains("--data", result.Error);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("--output", "generate", "--model", "m.safetensors", "-o", "")]
    [InlineData("--output", "sample", "-o", "")]
    [InlineData("--model", "generate", "--model", "", "-o", "rows.arff")]
    [InlineData("DATA", "analyze", "")]
    [InlineData("PATH", "models", "m.safetensors", "")]
    [InlineData("--data", "generate", "--model", "m.safetensors", "-o", "rows.arff", "--data", "")]
    public void Run_EmptyPath_IsAUsageErrorThatNamesIt(string name, params string[] args)
    {
        CliResult result = InProcess.Run(args);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.StartsWith($"aemlo: error: {name}: the value is empty", result.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(137)]
    public void Generate_Number_WritesExactlySoManyRows(int number)
    {
        using var folder = new TempFolder();
        string rows = folder.File("rows.arff");

        CliResult result = InProcess.Run("generate", "--model", sample.Model, "-n", $"{number}", "-o", rows, "--json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(number, ArffText.DataLines(rows).Length);
        Assert.Equal(number, result.Json().GetProperty("newRows").GetInt32());
        JsonElement analyzed = InProcess.Run("analyze", rows, "--json").Json();
        Assert.Equal(60, analyzed.GetProperty("features").GetInt32());
        Assert.Equal(12, analyzed.GetProperty("labelCount").GetInt32());
    }

    [Fact]
    public void Generate_SameSeedTwiceAndAnother_GivesTheSameRowsAndOthers()
    {
        using var folder = new TempFolder();

        string first = Generate(folder, "first.arff", "7");
        string again = Generate(folder, "again.arff", "7");
        string other = Generate(folder, "other.arff", "8");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Generate_SeedRowsFromTheTrainingData_GivesTheSameRowsAsTheModelsOwn()
    {
        using var folder = new TempFolder();

        string own = Generate(folder, "own.arff", "7");
        string given = Generate(folder, "given.arff", "7", "--data", sample.Data, "--labels", sample.Labels);

        Assert.Equal(own, given);
    }

    [Fact]
    public void Generate_FileThatIsNoModel_EndsWithInputCodeAndWritesNothing()
    {
        using var folder = new TempFolder();

        CliResult result = InProcess.Run("generate", "--model", sample.Data, "-n", "5", "-o", folder.File("rows.arff"));

        Assert.Equal(ExitCodes.Input, result.ExitCode);
        Assert.Contains("not a model file", result.Error);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Generate_OptionOfTheTraining_IsNotKnownThere()
    {
        CliResult result = InProcess.Run("generate", "--model", sample.Model, "-o", "rows.arff", "--epochs", "5");

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("unknown option '--epochs'", result.Error);
    }

    [Fact]
    public void Train_SameSeed_WritesTheSameModel()
    {
        using var folder = new TempFolder();
        string model = folder.File("again.safetensors");

        CliResult result = InProcess.Run(["train", sample.Data, "-o", model, "--seed", "5", "--json", .. SampleFixture.SmallNetwork]);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(5, result.Json().GetProperty("seed").GetInt64());
        Assert.Equal(Generate(folder, "first.arff", "3"), GenerateFrom(model, folder, "second.arff", "3"));
    }

    [Fact]
    public void Train_OutputExists_IsRefused()
    {
        CliResult result = InProcess.Run("train", sample.Data, "-o", sample.Model);

        Assert.Equal(ExitCodes.Output, result.ExitCode);
    }

    private string Generate(TempFolder folder, string name, string seed, params string[] more) => GenerateFrom(sample.Model, folder, name, seed, more);

    private static string GenerateFrom(string model, TempFolder folder, string name, string seed, params string[] more)
    {
        CliResult result = InProcess.Run(["generate", "--model", model, "-n", "40", "--seed", seed, "--threads", "1", "-o", folder.File(name), .. more]);
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        return string.Join('\n', ArffText.DataLines(folder.File(name)));
    }
}
