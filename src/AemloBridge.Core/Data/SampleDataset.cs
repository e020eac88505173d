using AemloBridge.Data.Sample;

namespace AemloBridge.Data;

/// <summary>
/// A generated data set to try things on: 2,400 rows, 60 features of four kinds, two of them with missing values, 12 labels,
/// three of them rare. Features and labels depend on the same six hidden factors, so there is something to learn.
/// </summary>
public static class SampleDataset
{
    /// <summary>The number of rows.</summary>
    public const int RowCount = 2400;

    private const double LabelNoise = 0.3;
    private const double MissingShare = 0.03;

    // Exact numbers of rows that have each label. The last three are minority labels by the paper's rule: ImR above 10, and
    // IRLbl above MeanIR.
    private static readonly int[] PositiveCounts = [1200, 1010, 840, 720, 620, 530, 430, 360, 290, 58, 45, 34];

    private static readonly (SampleColumnKind Kind, int Count)[] Columns =
    [
        (SampleColumnKind.Real, 30),
        (SampleColumnKind.Count, 10),
        (SampleColumnKind.Flag, 10),
        (SampleColumnKind.Kind, 10),
    ];

    /// <summary>Generates the data set for a seed; the same seed gives the same values on every platform.</summary>
    public static MultiLabelDataset Create(int seed)
    {
        var random = new SampleRandom(seed);
        SampleColumn[] columns = [.. Columns.SelectMany(group => Enumerable.Range(1, group.Count).Select(number => NewColumn(group.Kind, number, random)))];
        double[][] labelLoadings = [.. PositiveCounts.Select(_ => SampleFactors.Loadings(random))];
        var values = new double[RowCount * columns.Length];
        var scores = new double[PositiveCounts.Length][];
        for (int label = 0; label < scores.Length; label++)
            scores[label] = new double[RowCount];
        Span<double> factors = stackalloc double[SampleFactors.Count];
        for (int row = 0; row < RowCount; row++)
        {
            for (int factor = 0; factor < factors.Length; factor++)
                factors[factor] = random.Normal();
            for (int column = 0; column < columns.Length; column++)
                values[(row * columns.Length) + column] = columns[column].Draw(factors, random);
            for (int label = 0; label < scores.Length; label++)
                scores[label][row] = SampleFactors.Score(factors, labelLoadings[label]) + (LabelNoise * random.Normal());
        }

        return new MultiLabelDataset(Schema(columns), FeatureMatrix.Dense(RowCount, columns.Length, values), Labels(scores));
    }

    private static SampleColumn NewColumn(SampleColumnKind kind, int number, SampleRandom random)
    {
        bool hasMissing = (kind, number) is (SampleColumnKind.Real, 5) or (SampleColumnKind.Kind, 3);
        return new SampleColumn(kind, number, hasMissing ? MissingShare : 0, random);
    }

    private static DatasetSchema Schema(SampleColumn[] columns)
    {
        IEnumerable<DataAttribute> labels = Enumerable.Range(1, PositiveCounts.Length)
            .Select(number => DataAttribute.Nominal(number <= PositiveCounts.Length - 3 ? $"label_{number:00}" : $"rare_{number:00}", "0", "1"));
        DataAttribute[] attributes = [.. columns.Select(column => column.Attribute), .. labels];
        return new DatasetSchema(
            "aemlo-sample",
            attributes,
            [.. Enumerable.Range(columns.Length, PositiveCounts.Length).Select(index => new LabelDefinition(attributes[index].Name, index, PositiveValue: 1))]);
    }

    // Exactly the wanted number of rows get a label: those with the highest scores.
    private static LabelMatrix Labels(double[][] scores)
    {
        var labels = new LabelMatrix(RowCount, scores.Length);
        for (int label = 0; label < scores.Length; label++)
        {
            double[] score = scores[label];
            IEnumerable<int> best = Enumerable.Range(0, RowCount).OrderByDescending(row => score[row]).Take(PositiveCounts[label]);
            foreach (int row in best)
                labels[row, label] = true;
        }

        return labels;
    }
}
