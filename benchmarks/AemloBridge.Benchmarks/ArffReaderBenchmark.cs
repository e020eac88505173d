using System.Globalization;
using System.Text;
using AemloBridge.Data;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AemloBridge.Benchmarks;

/// <summary>Reads generated files with <see cref="ArffReader"/>; the column MB/s counts the file's bytes (10^6 to a MB).</summary>
[Config(typeof(Config))]
public class ArffReaderBenchmark
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"aemlo-bench-{Environment.ProcessId}");

    private string _path = string.Empty;

    /// <summary>What the file holds: numbers with six decimals, numbers with all 17 digits, or sparse 0/1 entries.</summary>
    [Params(ArffBenchmarkFile.Dense, ArffBenchmarkFile.DenseAllDigits, ArffBenchmarkFile.Sparse)]
    public ArffBenchmarkFile File { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Directory.CreateDirectory(Folder);
        _path = Path.Combine(Folder, $"{File}.arff");
        WriteFile(_path, File);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(Folder, recursive: true);

    [Benchmark]
    public int Read() => ArffReader.Read(_path, LabelSelection.Last(10)).RowCount;

    /// <summary>The size of a file, without keeping it.</summary>
    internal static long SizeOf(ArffBenchmarkFile file)
    {
        string path = Path.GetTempFileName();
        WriteFile(path, file);
        long size = new FileInfo(path).Length;
        System.IO.File.Delete(path);
        return size;
    }

    private static void WriteFile(string path, ArffBenchmarkFile file)
    {
        const int Labels = 10;
        var random = new Random(1);
        int features = file == ArffBenchmarkFile.Sparse ? 1000 : 100;
        int rows = file == ArffBenchmarkFile.Sparse ? 40_000 : 50_000;
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16);
        writer.Write("@relation benchmark\n");
        for (int feature = 0; feature < features; feature++)
            writer.Write(file == ArffBenchmarkFile.Sparse ? $"@attribute f{feature} {{0,1}}\n" : $"@attribute f{feature} numeric\n");
        for (int label = 0; label < Labels; label++)
            writer.Write($"@attribute l{label} {{0,1}}\n");
        writer.Write("@data\n");
        for (int row = 0; row < rows; row++)
        {
            IEnumerable<string> cells = file == ArffBenchmarkFile.Sparse
                ? Enumerable.Range(0, features + Labels).Where(_ => random.Next(12) == 0).Select(index => $"{index} 1")
                : Enumerable.Range(0, features + Labels).Select(index => index >= features ? random.Next(2).ToString(CultureInfo.InvariantCulture) : Number(random, file));
            string line = string.Join(',', cells);
            writer.Write(file == ArffBenchmarkFile.Sparse ? $"{{{line}}}\n" : $"{line}\n");
        }
    }

    private static string Number(Random random, ArffBenchmarkFile file)
    {
        double number = random.NextDouble() - 0.5;
        return number.ToString(file == ArffBenchmarkFile.Dense ? "0.######" : "R", CultureInfo.InvariantCulture);
    }

    private sealed class Config : ManualConfig
    {
        public Config() => AddColumn(new ThroughputColumn());
    }

    private sealed class ThroughputColumn : IColumn
    {
        private readonly Dictionary<ArffBenchmarkFile, long> _sizes = [];

        public string Id => nameof(ThroughputColumn);

        public string ColumnName => "MB/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Bytes of the file read per second, in 10^6";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        {
            double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Mean;
            if (nanoseconds is null)
                return "?";
            var file = (ArffBenchmarkFile)benchmarkCase.Parameters[nameof(File)];
            if (!_sizes.TryGetValue(file, out long size))
                _sizes[file] = size = SizeOf(file);
            return (size / (nanoseconds.Value / 1e9) / 1e6).ToString("0", CultureInfo.InvariantCulture);
        }

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
    }
}
