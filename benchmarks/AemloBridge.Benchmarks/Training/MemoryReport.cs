using System.Globalization;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Devices;
using static TorchSharp.torch;

namespace AemloBridge.Benchmarks.Training;

/// <summary>Peak resident memory of one oversampling run, with what .NET and libtorch take by themselves apart.</summary>
internal static class MemoryReport
{
    private const int Epochs = 20;

    public static void Print(string arff, string labels)
    {
        Line("started", "the .NET runtime");
        TorchRuntime.Initialize(0);
        using (Tensor square = rand(512, 512))
            square.mm(square).Dispose();
        Line("libtorch", "loaded, and one matrix product: its baseline");
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        Line("read", string.Create(CultureInfo.InvariantCulture, $"{data.RowCount} rows, {data.Schema.FeatureCount} features, {data.Schema.LabelCount} labels, {data.Features.StoredCount} stored values"));
        foreach (string preset in AemloPresets.Names)
        {
            AemloOversampler.Run(data, AemloPresets.Get(preset) with { Epochs = Epochs, Seed = 1 });
            Line(preset, $"trained {Epochs} epochs and made the preset's rows");
        }
    }

    private static void Line(string stage, string what) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {stage} | {what} | {Megabytes("VmRSS")} | {Megabytes("VmHWM")} |"));

    /// <summary>A line of Linux's account of this process, in MB.</summary>
    internal static string Megabytes(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(key + ":", StringComparison.Ordinal));
        long kilobytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        return (kilobytes * 1024 / 1e6).ToString("F0", CultureInfo.InvariantCulture);
    }
}
