using AemloBridge.Data;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Remedial;

/// <summary>REMEDIAL from its specification, on label sets written as text: "110" and so on.</summary>
internal static class LiteralRemedial
{
    /// <summary>The label sets of the given rows afterwards, then those of the new ones, and the new rows' sources.</summary>
    public static (string[] Given, string[] New, int[] Sources) Decouple(MultiLabelDataset data)
    {
        int[] labels = [.. Enumerable.Range(0, data.Schema.LabelCount)];
        double[] irLbl = [.. labels.Select(label => Literal.IRLbl(data, Literal.AllRows(data), label))];
        double meanIR = Literal.MeanIR(data);
        double[] scumble = [.. Literal.AllRows(data).Select(row => Scumble([.. labels.Where(label => data.Labels[row, label]).Select(label => irLbl[label])]))];
        double mean = scumble.Sum() / data.RowCount;
        int[] sources = [.. Literal.AllRows(data).Where(row => scumble[row] > mean + 1e-12)];
        return (
            [.. Literal.AllRows(data).Select(row => sources.Contains(row) ? Half(row, label => irLbl[label] > meanIR) : Half(row, _ => true))],
            [.. sources.Select(row => Half(row, label => irLbl[label] <= meanIR))],
            sources);

        string Half(int row, Func<int, bool> keeps) => string.Concat(labels.Select(label => data.Labels[row, label] && keeps(label) ? '1' : '0'));
    }

    private static double Scumble(double[] irLbl) =>
        irLbl.Length == 0 ? 0 : 1 - Math.Pow(irLbl.Aggregate(1.0, (product, value) => product * value), 1.0 / irLbl.Length) / (irLbl.Sum() / irLbl.Length);
}
