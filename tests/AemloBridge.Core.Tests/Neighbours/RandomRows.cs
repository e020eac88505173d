using AemloBridge.Data;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Neighbours;

/// <summary>Small data sets with everything that distances have to cope with, dense and sparse with the same values.</summary>
internal static class RandomRows
{
    /// <summary>One of many shapes: which columns there are, how many rows, duplicates and missing values, all from the seed.</summary>
    public static MultiLabelDataset Make(long seed, bool sparse)
    {
        var random = new SeededRandom(seed, RandomStream.Sample);
        int rows = 1 + random.NextInt(60);
        int columns = 1 + random.NextInt(12);
        double missing = random.NextInt(3) == 0 ? 0.15 : 0;
        double zero = random.NextDouble();
        int kinds = 1 + random.NextInt(6);
        int[] kind = [.. Enumerable.Range(0, columns).Select(_ => random.NextInt(kinds))];
        var features = new FeatureMatrixBuilder(columns, sparse);
        var labels = new LabelMatrix(rows, 2);
        var written = new List<double[]>();
        for (int row = 0; row < rows; row++)
        {
            var cells = new double[columns];
            for (int column = 0; column < columns; column++)
                cells[column] = Cell(random, kind[column], zero, missing);
            if (row > 0 && random.NextInt(4) == 0)
                cells = written[random.NextInt(row)];
            written.Add(cells);
            features.AddDenseRow(cells);
            labels[row, 0] = random.NextInt(3) == 0;
            labels[row, 1] = random.NextInt(2) == 0;
        }

        return new MultiLabelDataset(Schema(kind), features.Build(), labels);
    }

    private static double Cell(SeededRandom random, int kind, double zero, double missing)
    {
        double chance = random.NextDouble();
        if (chance < missing)
            return double.NaN;
        bool isZero = random.NextDouble() < zero;
        return kind switch
        {
            0 => isZero ? 0 : Math.Round(random.NextDouble() * 8 - 4, 2),
            1 => isZero ? 0 : 1,
            2 => isZero ? 0 : random.NextInt(5),
            3 => 1e6 + random.NextInt(7) * 1e-9 * 1e3,
            4 => 3.5,
            _ => isZero ? 0 : random.NextInt(40) / 8.0,
        };
    }

    private static DatasetSchema Schema(int[] kinds)
    {
        DataAttribute[] attributes =
        [
            .. kinds.Select((kind, column) => kind switch
            {
                1 => DataAttribute.Nominal($"x{column}", "no", "yes"),
                2 => DataAttribute.Nominal($"x{column}", "a", "b", "c", "d", "e"),
                _ => DataAttribute.Numeric($"x{column}"),
            }),
            DataAttribute.Nominal("y0", "0", "1"),
            DataAttribute.Nominal("y1", "0", "1"),
        ];
        return new DatasetSchema("rows", attributes, [new LabelDefinition("y0", kinds.Length, 1), new LabelDefinition("y1", kinds.Length + 1, 1)]);
    }
}
