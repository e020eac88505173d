using AemloBridge.Data;
using AemloBridge.Tests.Neighbours;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.RemedialHwr;

/// <summary>MLeNN from its specification: every pair of rows measured.</summary>
internal static class LiteralMlenn
{
    public static int[] Kept(MultiLabelDataset data, int k, double difference)
    {
        var nearest = new LiteralNeighbours(data);
        int[] rows = Literal.AllRows(data);
        int[] labels = [.. Enumerable.Range(0, data.Schema.LabelCount)];
        int[] minority = [.. labels.Where(label => Literal.IsMinority(data, label))];
        return [.. rows.Where(row => minority.Any(label => data.Labels[row, label]) || !IsNoise(row))];

        bool IsNoise(int row)
        {
            int[] found = [.. nearest.Nearest(data.Features, row, rows, k).Select(pair => pair.Row)];
            int differing = found.Count(other => Distance(row, other) > difference);
            return found.Length > 0 && differing >= found.Length / 2.0;
        }

        double Distance(int row, int other)
        {
            int different = labels.Count(label => data.Labels[row, label] != data.Labels[other, label]);
            int active = labels.Sum(label => (data.Labels[row, label] ? 1 : 0) + (data.Labels[other, label] ? 1 : 0));
            return active == 0 ? 0 : (double)different / active;
        }
    }
}
