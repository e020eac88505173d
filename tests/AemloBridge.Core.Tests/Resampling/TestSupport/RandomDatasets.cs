using AemloBridge.Data;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Resampling.TestSupport;

/// <summary>
/// Small random data sets with everything that resampling methods have to cope with: numeric, whole-number, constant and
/// nominal features, missing values, equal rows and tied distances, weights, labels of any frequency (none and all
/// included), more than 64 of them, rows without labels, a single row, a hierarchy where it is asked for.
/// </summary>
internal static class RandomDatasets
{
    private const int LabelsBeyondAWord = 66;

    /// <summary>The data set of a seed; the dense and the sparse one hold the same values.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="sparse">Whether features are stored sparse.</param>
    /// <param name="hierarchy">Whether some labels have parents; every row then has the parents of its labels.</param>
    public static MultiLabelDataset Make(long seed, bool sparse = false, bool hierarchy = false)
    {
        var random = new SeededRandom(seed, RandomStream.Sample);
        int rows = random.NextInt(12) == 0 ? 1 + random.NextInt(3) : 4 + random.NextInt(45);
        ColumnKind[] kinds = Kinds(random);
        int labelCount = random.NextInt(12) == 0 ? LabelsBeyondAWord : 1 + random.NextInt(7);
        int[] parents = [.. Enumerable.Range(0, labelCount).Select(label => hierarchy && label > 0 && random.NextInt(2) == 0 ? random.NextInt(label) : -1)];
        FeatureMatrix features = Features(random, rows, kinds, sparse);
        LabelMatrix labels = Labels(random, rows, parents);
        double[]? weights = random.NextInt(3) == 0 ? [.. Enumerable.Range(0, rows).Select(_ => 0.5 * (1 + random.NextInt(5)))] : null;
        return new MultiLabelDataset(Schema(kinds, parents), features, labels, weights);
    }

    private static ColumnKind[] Kinds(SeededRandom random)
    {
        ColumnKind[] all = Enum.GetValues<ColumnKind>();
        int variety = 1 + random.NextInt(all.Length);
        return [.. Enumerable.Range(0, 1 + random.NextInt(8)).Select(_ => all[random.NextInt(variety)])];
    }

    private static FeatureMatrix Features(SeededRandom random, int rows, ColumnKind[] kinds, bool sparse)
    {
        double missing = random.NextInt(3) == 0 ? 0.15 : 0;
        double zero = random.NextDouble();
        int repeatOneIn = 2 + random.NextInt(8);
        var written = new List<double[]>();
        var features = new FeatureMatrixBuilder(kinds.Length, sparse);
        for (int row = 0; row < rows; row++)
        {
            double[] cells = row > 0 && random.NextInt(repeatOneIn) == 0
                ? written[random.NextInt(row)]
                : [.. kinds.Select(kind => Cell(random, kind, zero, missing))];
            written.Add(cells);
            features.AddDenseRow(cells);
        }

        return features.Build();
    }

    private static double Cell(SeededRandom random, ColumnKind kind, double zero, double missing)
    {
        if (random.NextDouble() < missing)
            return double.NaN;
        bool isZero = random.NextDouble() < zero;
        return kind switch
        {
            ColumnKind.Real => isZero ? 0 : random.NextDouble() * 8 - 4,
            ColumnKind.Whole => isZero ? 0 : random.NextInt(5) - 1,
            ColumnKind.TwoValued => isZero ? 0 : 1,
            ColumnKind.FourValued => isZero ? 0 : random.NextInt(4),
            ColumnKind.Eighths => isZero ? 0 : random.NextInt(16) / 8.0,
            ColumnKind.Constant => 3.5,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static LabelMatrix Labels(SeededRandom random, int rows, int[] parents)
    {
        double[] shares = [.. parents.Select(_ => random.NextInt(8) switch
        {
            0 => 0.0,
            1 => 1.0,
            < 5 => 0.15 * random.NextDouble(),
            _ => random.NextDouble(),
        })];
        int repeatOneIn = 2 + random.NextInt(4);
        var labels = new LabelMatrix(rows, parents.Length);
        for (int row = 0; row < rows; row++)
        {
            if (row > 0 && random.NextInt(repeatOneIn) == 0)
            {
                labels.CopyRowFrom(row, labels, random.NextInt(row));
                continue;
            }

            // Parents come before their labels, so that walking back from the last label reaches every ancestor.
            for (int label = parents.Length - 1; label >= 0; label--)
            {
                if (random.NextDouble() < shares[label])
                    labels[row, label] = true;
                if (labels[row, label] && parents[label] >= 0)
                    labels[row, parents[label]] = true;
            }
        }

        return labels;
    }

    private static DatasetSchema Schema(ColumnKind[] kinds, int[] parents)
    {
        DataAttribute[] attributes =
        [
            .. kinds.Select((kind, column) => kind switch
            {
                ColumnKind.TwoValued => DataAttribute.Nominal($"x{column}", "no", "yes"),
                ColumnKind.FourValued => DataAttribute.Nominal($"x{column}", "a", "b", "c", "d"),
                ColumnKind.Whole => DataAttribute.Numeric($"x{column}", "integer"),
                _ => DataAttribute.Numeric($"x{column}"),
            }),
            .. parents.Select((_, label) => DataAttribute.Nominal($"y{label}", "0", "1")),
        ];
        return new DatasetSchema("random", attributes, [.. parents.Select((parent, label) => new LabelDefinition($"y{label}", kinds.Length + label, 1, parent))]);
    }

    private enum ColumnKind
    {
        Real,
        Whole,
        TwoValued,
        FourValued,
        Eighths,
        Constant,
    }
}
