using System.Diagnostics;
using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Benchmarks.Resampling;

/// <summary>Our seconds beside those that benchmarks/mulan has measured with Mulan: the least of as many runs, a row of a table for each method.</summary>
internal static class SpeedReport
{
    /// <summary>Prints the rows.</summary>
    /// <param name="arff">The data set.</param>
    /// <param name="labels">Its label file.</param>
    /// <param name="csv">Mulan's lines: method, seed, seconds, and more.</param>
    /// <param name="rate">The rate that Mulan was given.</param>
    public static void Print(string arff, string labels, string csv, double rate)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        foreach (IGrouping<string, string[]> method in File.ReadLines(csv).Skip(1).Select(line => line.Split(',')).GroupBy(line => line[0]))
        {
            double theirs = method.Min(line => double.Parse(line[2], CultureInfo.InvariantCulture));
            ResamplingOptions options = WithRate(ResamplingMethods.Get(method.Key), rate);
            double ours = Enumerable.Range(1, method.Count()).Min(seed => Seconds(data, options with { Seed = seed }));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(arff)} | {ResamplingMethods.Get(method.Key).Title} | {theirs:F3} | {ours:F3} | {theirs / ours:F1} |"));
        }
    }

    /// <summary>Seconds of one run.</summary>
    public static double Seconds(MultiLabelDataset data, ResamplingOptions options)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        ResamplingMethods.Of(options).Run(data, options);
        return watch.Elapsed.TotalSeconds;
    }

    private static ResamplingOptions WithRate(IResamplingMethod method, double rate) =>
        method.Options.FirstOrDefault(option => option.Name == "rate") is { } option
            ? option.Apply(method.Presets[0], rate.ToString(CultureInfo.InvariantCulture))
            : method.Presets[0];
}
