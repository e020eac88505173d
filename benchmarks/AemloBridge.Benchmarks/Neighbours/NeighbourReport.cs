using System.Diagnostics;
using System.Globalization;
using AemloBridge.Benchmarks.Training;
using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;

namespace AemloBridge.Benchmarks.Neighbours;

/// <summary>Seconds and peak memory of finding the k nearest rows of every row, in a process that does nothing else.</summary>
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

    /// <summary>The rows of a file.</summary>
    public static void PrintFile(string arff, string labels, int k)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        Print(Path.GetFileNameWithoutExtension(arff), data.Schema, data.Features, k);
    }

    private static void Print(string name, DatasetSchema schema, FeatureMatrix features, int k)
    {
        int[] all = [.. Enumerable.Range(0, features.RowCount)];
        var watch = Stopwatch.StartNew();
        using var search = new NeighbourSearch(DistanceSpace.Overlap(schema, features), features);
        Neighbour[][] found = search.Find(all, null, k);
        double seconds = watch.Elapsed.TotalSeconds;
        double mean = found.Average(neighbours => neighbours.Length == 0 ? 0 : neighbours[^1].Distance);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {features.RowCount} | {features.ColumnCount} | {k} | {seconds:F2} | {MemoryReport.Megabytes("VmHWM")} | {mean:F4} |"));
    }
}
