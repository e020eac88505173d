using System.Text.Json.Nodes;

namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>A folder with folds of a small data set and a plan for them.</summary>
internal sealed class BatchFolder : IDisposable
{
    public const string Network = "{epochs: 3, hidden: 16, latent: 8, device: cpu, threads: 1}";

    /// <summary>The same network as switches of the command line.</summary>
    public static readonly string[] Switches = ["--epochs", "3", "--hidden", "16", "--latent", "8", "--device", "cpu", "--threads", "1"];

    private readonly TempFolder _folder = new();

    public BatchFolder(int folds = 2)
    {
        for (int fold = 1; fold <= folds; fold++)
        {
            // The colours differ, so that the folds do.
            _folder.Write($"f{fold}.arff", SmallData.Arff.Replace("red", $"red{fold}", StringComparison.Ordinal));
            _folder.Write($"f{fold}.xml", SmallData.Xml);
        }
    }

    public string Plan => File("plan.yaml");

    public string Report => File("plan.report.json");

    public string State => File("plan.report.state.jsonl");

    public string File(string name) => _folder.File(name);

    public bool Exists(string name) => System.IO.File.Exists(File(name));

    public byte[] Bytes(string name) => System.IO.File.ReadAllBytes(File(name));

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Two folds, two amounts and two seeds of some option sets: eight entries for each set.</summary>
    public static string WholePlan(string sets = "{a: " + Network + "}", string more = "") => $$"""
        data: {path: 'f{fold}.arff', folds: 1..2}
        sets: {{sets}}
        nums: [4, 9]
        seeds: [1, 2]
        {{more}}
        output: out/{set}/{data}-{num}-{seed}.arff
        """;

    /// <summary>Writes the plan.</summary>
    public void WritePlan(string text) => Write("plan.yaml", text);

    /// <summary>Runs it.</summary>
    public CliResult Run(params string[] more) => InProcess.Run(["batch", Plan, .. more]);

    /// <summary>The report's entries.</summary>
    public JsonArray Entries() => JsonFile.Read(Report)["entries"]!.AsArray();

    /// <summary>Every file below the folder <c>out</c> with its bytes, sorted.</summary>
    public (string Name, string Bytes)[] Outputs() => !Directory.Exists(File("out")) ? [] :
        [.. Directory.EnumerateFiles(File("out"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(File("out"), path), Convert.ToHexString(System.IO.File.ReadAllBytes(path))))];

    public void Dispose() => _folder.Dispose();
}
