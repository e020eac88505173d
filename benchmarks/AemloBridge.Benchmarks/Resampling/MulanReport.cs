using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Benchmarks.Resampling;

/// <summary>
/// Rows and positives per label of our methods beside those that benchmarks/mulan has counted with Mulan, over as many
/// seeds: a row of a table for each method.
/// </summary>
internal static class MulanReport
{
    /// <summary>A label's means differ where their distance is more than this many of its standard errors.</summary>
    private const double Notable = 5;

    /// <summary>Prints the table.</summary>
    /// <param name="arff">The data set.</param>
    /// <param name="labels">Its label file.</param>
    /// <param name="csv">What Mulan made of it.</param>
    /// <param name="rate">The rate that Mulan was given.</param>
    public static void Print(string arff, string labels, string csv, double rate)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        string[][] lines = [.. File.ReadLines(csv).Select(line => line.Split(','))];
        int[] columns = [.. data.Schema.Labels.Select(label => Array.IndexOf(lines[0], label.Name))];
        foreach (IGrouping<string, string[]> method in lines.Skip(1).GroupBy(line => line[0]))
        {
            double[][] theirs = [.. method.Select(line => (double[])[Number(line[3]), .. columns.Select(column => Number(line[column]))])];
            double[][] ours = [.. Enumerable.Range(1, theirs.Length).Select(seed => Counts(data, method.Key, rate, seed))];
            Print(Path.GetFileNameWithoutExtension(arff), method.Key, data, theirs, ours);
        }
    }

    private static double[] Counts(MultiLabelDataset data, string method, double rate, int seed)
    {
        IResamplingMethod found = ResamplingMethods.Get(method);
        ResamplingOptions options = found.Presets[0] with { Seed = seed };
        if (found.Options.FirstOrDefault(option => option.Name == "rate") is { } option)
            options = option.Apply(options, rate.ToString(CultureInfo.InvariantCulture));
        ResamplingResult result = found.Run(data, options);
        return [result.After.Rows, .. result.After.Labels.Select(label => (double)label.Positives)];
    }

    private static void Print(string name, string method, MultiLabelDataset data, double[][] theirs, double[][] ours)
    {
        int[] given = data.Labels.PositiveCounts();
        Difference[] differences =
        [
            .. Enumerable.Range(0, data.Schema.LabelCount).Select(label => new Difference(
                data.Schema.Labels[label].Name,
                given[label],
                Of(theirs, label + 1),
                Of(ours, label + 1))),
        ];
        Difference[] notable = [.. differences.Where(label => label.StandardErrors(ours.Length) > Notable).OrderByDescending(label => Math.Abs(label.Ours.Mean - label.Theirs.Mean))];
        string largest = string.Join("; ", notable.Take(3).Select(label =>
            FormattableString.Invariant($"{label.Name} {label.Given} → {label.Theirs.Mean:0.#} / {label.Ours.Mean:0.#}")));
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {method} | {data.RowCount} | {Rows(theirs)} | {Rows(ours)} | {Total(theirs):0} / {Total(ours):0} | {notable.Length} of {given.Count(count => count > 0)} | {largest} |"));
    }

    private static double Total(double[][] counts) => counts.Average(line => line.Skip(1).Sum());

    private static string Rows(double[][] counts)
    {
        double low = counts.Min(line => line[0]);
        double high = counts.Max(line => line[0]);
        return low == high ? low.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{counts.Average(line => line[0]):0.0} ({low}–{high})");
    }

    private static (double Mean, double Variance) Of(double[][] counts, int column)
    {
        double mean = counts.Average(line => line[column]);
        return (mean, counts.Sum(line => (line[column] - mean) * (line[column] - mean)) / Math.Max(1, counts.Length - 1));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Difference(string Name, int Given, (double Mean, double Variance) Theirs, (double Mean, double Variance) Ours)
    {
        public double StandardErrors(int seeds)
        {
            double distance = Math.Abs(Theirs.Mean - Ours.Mean);
            return distance == 0 ? 0 : distance / Math.Sqrt((Theirs.Variance + Ours.Variance) / seeds);
        }
    }
}
