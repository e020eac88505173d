using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlrus;

/// <summary>MLRUS from its specification: bags and counts made anew before every removal.</summary>
internal static class LiteralMlrus
{
    public static int[] Kept(MultiLabelDataset data, int wanted, SeededRandom random)
    {
        double meanIR = Literal.MeanIR(data);
        int[] labels = [.. Enumerable.Range(0, data.Schema.LabelCount)];
        int[] minority = [.. labels.Where(label => Literal.IsMinority(data, label))];
        List<int> turns = [.. labels.Where(label => Literal.IRLbl(data, Literal.AllRows(data), label) < meanIR)];
        var rows = new List<int>(Literal.AllRows(data));
        var retired = new HashSet<int>();
        for (int turn = 0; rows.Count > data.RowCount - wanted && retired.Count < turns.Count; turn++)
        {
            int label = turns[turn % turns.Count];
            if (retired.Contains(label))
                continue;
            int[] bag = [.. rows.Where(row => data.Labels[row, label] && !minority.Any(other => data.Labels[row, other]))];
            if (bag.Length > 0)
                rows.Remove(bag[random.NextInt(bag.Length)]);
            if (bag.Length == 0 || Literal.IRLbl(data, rows, label) >= meanIR)
                retired.Add(label);
        }

        return [.. rows];
    }
}
