using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlros;

/// <summary>MLROS from its specification: everything counted anew after every clone.</summary>
internal static class LiteralMlros
{
    public static int[] Clones(MultiLabelDataset data, int wanted, SeededRandom random)
    {
        double meanIR = Literal.MeanIR(data);
        List<int> turns = [.. Enumerable.Range(0, data.Schema.LabelCount).Where(label => Literal.IsMinority(data, label))];
        var rows = new List<int>(Literal.AllRows(data));
        var retired = new HashSet<int>();
        for (int turn = 0; rows.Count < data.RowCount + wanted && retired.Count < turns.Count; turn++)
        {
            int label = turns[turn % turns.Count];
            if (retired.Contains(label))
                continue;
            int[] bag = [.. Literal.AllRows(data).Where(row => data.Labels[row, label])];
            rows.Add(bag[random.NextInt(bag.Length)]);
            if (Literal.IRLbl(data, rows, label) <= meanIR)
                retired.Add(label);
        }

        return [.. rows.Skip(data.RowCount)];
    }
}
