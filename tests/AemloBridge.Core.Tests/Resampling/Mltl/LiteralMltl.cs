using AemloBridge.Data;
using AemloBridge.Resampling.Mltl;
using AemloBridge.Tests.Neighbours;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mltl;

/// <summary>MLTL from its specification: every pair of rows, every label.</summary>
internal static class LiteralMltl
{
    /// <summary>The rows taken away, ascending.</summary>
    public static int[] Dropped(MultiLabelDataset data, MltlOptions options)
    {
        int[] rows = Literal.AllRows(data);
        double meanIR = Literal.MeanIR(data);
        int[] minority = Labels(data, irLbl => irLbl > meanIR);
        int[] majority = Labels(data, irLbl => irLbl < meanIR);
        double th = options.Threshold ?? Threshold(data, meanIR);
        var distances = new LiteralNeighbours(data);
        int[][] k = [.. rows.Select(row => distances.Nearest(data.Features, row, rows, options.Neighbours).Select(found => found.Row).ToArray())];

        bool Any(int row, int[] labels) => labels.Any(label => data.Labels[row, label]);
        bool Differ(int a, int b) => Ahd(data, a, b, options.JaccardDenominator) > th;
        if (options.Mode == MltlMode.Mutual)
        {
            return [.. rows.Where(g => Any(g, majority) && !Any(g, minority)
                && rows.Any(i => Any(i, minority) && k[i].Contains(g) && k[g].Contains(i) && Differ(i, g)))];
        }

        return [.. rows.Where(i => Any(i, majority) && !(options.ProtectMinority && Any(i, minority))
            && k[i].Any(g => Differ(i, g)) && k[i].Count(g => Differ(i, g)) >= k[i].Length / 2.0)];
    }

    public static double Ahd(MultiLabelDataset data, int a, int b, bool jaccard)
    {
        int[] ofA = [.. Enumerable.Range(0, data.Schema.LabelCount).Where(label => data.Labels[a, label])];
        int[] ofB = [.. Enumerable.Range(0, data.Schema.LabelCount).Where(label => data.Labels[b, label])];
        int apart = ofA.Except(ofB).Count() + ofB.Except(ofA).Count();
        int size = jaccard ? ofA.Union(ofB).Count() : ofA.Length + ofB.Length;
        return size == 0 ? 0 : (double)apart / size;
    }

    private static int[] Labels(MultiLabelDataset data, Func<double, bool> test) =>
        [.. Enumerable.Range(0, data.Schema.LabelCount)
            .Select(label => (Label: label, IRLbl: Literal.IRLbl(data, Literal.AllRows(data), label)))
            .Where(pair => double.IsFinite(pair.IRLbl) && test(pair.IRLbl))
            .Select(pair => pair.Label)];

    private static double Threshold(MultiLabelDataset data, double meanIR)
    {
        double v = 1 / Math.Sqrt(meanIR);
        double th = v > 0.5 ? 0.5 : v > 0.3 ? 0.3 : 0.15;
        return Scumble(data) > 0.3 ? 0.5 : th;
    }

    private static double Scumble(MultiLabelDataset data)
    {
        int[] rows = Literal.AllRows(data);
        return rows.Average(row =>
        {
            double[] active = [.. Enumerable.Range(0, data.Schema.LabelCount).Where(label => data.Labels[row, label]).Select(label => Literal.IRLbl(data, rows, label))];
            return active.Length == 0 ? 0 : 1 - Math.Pow(active.Aggregate(1.0, (product, value) => product * value), 1.0 / active.Length) / active.Average();
        });
    }
}
