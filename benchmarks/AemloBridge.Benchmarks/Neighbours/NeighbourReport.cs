using System.Diagnostics;
using System.Globalization;
using AemloBridge.Benchmarks.Training;
using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;

namespace AemloBridge.Benchmarks.Neighbours;

/// <summary>
/// Seconds (elapsed, and of processors over all threads), peak memory, and the mean distance of the last neighbour, of
/// searches for the k nearest rows in a process that does nothing else.
/// </summary>
internal static class NeighbourReport
{
    private const int Clusters = 100;

    /// <summary>Generated rows: dense, numeric, scattered around a hundred centres.</summary>
    public static void PrintGenerated(int rows, int columns, int k)
    {
        (DatasetSchema schema, FeatureMatrix features) = Generate(rows, columns);
        Print("generated", schema, features, k);
    }

    /// <summary>The generated rows.</summary>
    internal static (DatasetSchema Schema, FeatureMatrix Features) Generate(int rows, int columns)
    {
        var random = new SeededRandom(1, RandomStream.Sample);
        var centres = new double[Clusters * columns];
        foreach (ref double centre in centres.AsSpan())
            centre = random.NextDouble();
        var values = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            int centre = random.NextInt(Clusters) * columns;
            for (int column = 0; column < columns; column++)
                values[row * columns + column] = centres[centre + column] + 0.5 * random.NextDouble();
        }

        DataAttribute[] attributes = [.. Enumerable.Range(0, columns).Select(column => DataAttribute.Numeric($"x{column}"))];
        return (new DatasetSchema("rows", attributes, []), FeatureMatrix.Dense(rows, columns, values));
    }

    /// <summary>The rows of a file: all of them, those of each label among themselves, and those with each label among those without.</summary>
    public static void PrintFile(string arff, string labels, int k)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        string name = Path.GetFileNameWithoutExtension(arff);
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        int[] known = [.. Enumerable.Range(0, data.Schema.LabelCount)];
        int[][] bags = [.. known.Select(label => all.Where(row => data.Labels[row, label]).ToArray())];
        int[][] others = [.. known.Select(label => all.Where(row => !data.Labels[row, label]).ToArray())];
        Print($"{name}, all rows", data.Schema, data.Features, k);
        Print($"{name}, bags of labels, VDM", data.Features, k, () =>
        {
            DistanceSpace space = DistanceSpace.Overlap(data.Schema, data.Features);
            return [.. known.SelectMany(label =>
            {
                using var search = new NeighbourSearch(space.ForLabel(data.Labels, label), data.Features);
                return search.Find(bags[label], bags[label], k);
            })];
        });
        Print($"{name}, positives among negatives", data.Features, k, () =>
        {
            using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
            return search.Find([.. known.SelectMany(label => bags[label].Select(row => new NeighbourQuery(row, others[label], k)))]);
        });
    }

    private static void Print(string name, DatasetSchema schema, FeatureMatrix features, int k) => Print(name, features, k, () =>
    {
        using var search = new NeighbourSearch(DistanceSpace.Overlap(schema, features), features);
        return search.Find([.. Enumerable.Range(0, features.RowCount)], null, k);
    });

    private static void Print(string name, FeatureMatrix features, int k, Func<Neighbour[][]> find)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        Neighbour[][] found = find();
        double seconds = watch.Elapsed.TotalSeconds;
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        double mean = found.Average(neighbours => neighbours.Length == 0 ? 0 : neighbours[^1].Distance);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {features.RowCount} x {features.ColumnCount} | {found.Length} | {k} | {seconds:F2} | {processor:F2} | {MemoryReport.Megabytes("VmHWM")} | {mean:F4} |"));
    }
}
