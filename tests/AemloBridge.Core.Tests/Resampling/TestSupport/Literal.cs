using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Resampling.TestSupport;

/// <summary>What the literal references share: the measures as they are defined, over rows listed one by one.</summary>
internal static class Literal
{
    public static SeededRandom Random(long seed) => new(seed, RandomStream.Resampling);

    /// <summary>C_j over some rows, in which a row may occur more than once.</summary>
    public static int Positives(MultiLabelDataset data, IEnumerable<int> rows, int label) => rows.Count(row => data.Labels[row, label]);

    public static double IRLbl(MultiLabelDataset data, IReadOnlyCollection<int> rows, int label)
    {
        int most = Enumerable.Range(0, data.Schema.LabelCount).Max(other => Positives(data, rows, other));
        int own = Positives(data, rows, label);
        return own == 0 ? double.PositiveInfinity : (double)most / own;
    }

    public static double MeanIR(MultiLabelDataset data)
    {
        int[] rows = AllRows(data);
        double[] finite = [.. Enumerable.Range(0, data.Schema.LabelCount).Select(label => IRLbl(data, rows, label)).Where(double.IsFinite)];
        return finite.Length == 0 ? double.NaN : finite.Sum() / finite.Length;
    }

    public static bool IsMinority(MultiLabelDataset data, int label)
    {
        double irLbl = IRLbl(data, AllRows(data), label);
        return double.IsFinite(irLbl) && irLbl > MeanIR(data);
    }

    /// <summary>⌊p·n⌋ for a p in hundredths, without binary fractions.</summary>
    public static int Share(int hundredths, int rows) => hundredths * rows / 100;

    public static int[] AllRows(MultiLabelDataset data) => [.. Enumerable.Range(0, data.RowCount)];

    public static string LabelSet(LabelMatrix labels, int row) =>
        string.Concat(Enumerable.Range(0, labels.LabelCount).Select(label => labels[row, label] ? '1' : '0'));

    public static ResamplingResult Run(MultiLabelDataset data, ResamplingOptions options) => ResamplingMethods.Of(options).Run(data, options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A data set of one feature, the row's number, from label sets such as "110".</summary>
    public static MultiLabelDataset OfLabels(params string[] sets) =>
        TestData.Literal([DataAttribute.Numeric("x")], sets[0].Length, [.. sets.Select((set, row) => (double[])[row, .. set.Select(bit => bit == '1' ? 1.0 : 0.0)])]);
}
