using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;

namespace AemloBridge.Benchmarks.Resampling;

/// <summary>How a method's seconds grow with n and with d, the least of three runs, on generated dense data of 12 labels: a table with a row for each method.</summary>
internal static class GrowthReport
{
    private const int Labels = 12;

    // The least of them: the first one also waits for the compiler.
    private const int Runs = 3;

    private static readonly (int Rows, int Columns)[] Sizes = [(2000, 100), (4000, 100), (8000, 100), (16000, 100), (4000, 50), (4000, 200), (4000, 400)];

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        Console.WriteLine($"| method | {string.Join(" | ", Sizes.Select(size => $"{size.Rows} × {size.Columns}"))} |");
        Console.WriteLine($"|---|{string.Concat(Sizes.Select(_ => "---|"))}");
        MultiLabelDataset[] data = [.. Sizes.Select(size => Generate(size.Rows, size.Columns))];
        foreach (IResamplingMethod method in ResamplingMethods.All.Where(method => !method.Trains))
        {
            ResamplingOptions options = method.Presets[0] with { Seed = 1 };
            Console.WriteLine($"| {method.Title} | {string.Join(" | ", data.Select(set => Enumerable.Range(0, Runs).Min(_ => SpeedReport.Seconds(set, options)).ToString("F2", CultureInfo.InvariantCulture)))} |");
        }
    }

    // Rows around 20 centres, each with a label set of its own; label j is half as frequent as label j - 1 once in three.
    private static MultiLabelDataset Generate(int rows, int columns)
    {
        var random = new SeededRandom(1, RandomStream.Sample);
        double[][] centres = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextDouble()).ToArray())];
        var values = new double[rows * columns];
        var labels = new LabelMatrix(rows, Labels);
        for (int row = 0; row < rows; row++)
        {
            int centre = random.NextInt(centres.Length);
            for (int column = 0; column < columns; column++)
                values[row * columns + column] = centres[centre][column] + 0.3 * random.NextDouble();
            for (int label = 0; label < Labels; label++)
                labels[row, label] = random.NextDouble() < 0.4 * Math.Pow(0.5, label / 3) * ((centre + label) % 3 == 0 ? 2 : 0.5);
        }

        DataAttribute[] attributes =
        [
            .. Enumerable.Range(0, columns).Select(column => DataAttribute.Numeric($"x{column}")),
            .. Enumerable.Range(0, Labels).Select(label => DataAttribute.Nominal($"y{label}", "0", "1")),
        ];
        var schema = new DatasetSchema("generated", attributes, [.. Enumerable.Range(0, Labels).Select(label => new LabelDefinition($"y{label}", columns + label, 1))]);
        return new MultiLabelDataset(schema, FeatureMatrix.Dense(rows, columns, values), labels);
    }
}
