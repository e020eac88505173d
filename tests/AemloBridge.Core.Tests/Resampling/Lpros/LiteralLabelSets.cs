using AemloBridge.Data;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Lpros;

/// <summary>What the references of LPROS and LPRUS share: bags by label set, and the distribution of their paper in whole rows.</summary>
internal static class LiteralLabelSets
{
    public static int[][] Bags(MultiLabelDataset data) =>
        [.. Literal.AllRows(data).GroupBy(row => Literal.LabelSet(data.Labels, row)).OrderBy(group => group.Min()).Select(group => group.Order().ToArray())];

    /// <summary>Every bag's equal part of what is still wanted, rounded down, or what it can take.</summary>
    public static int[] Shares(int[][] bags, int wanted, Func<int[], int> room)
    {
        var shares = new List<int>();
        for (int bag = 0; bag < bags.Length; bag++)
            shares.Add(Math.Min(room(bags[bag]), (int)Math.Floor((decimal)(wanted - shares.Sum()) / (bags.Length - bag))));
        return [.. shares];
    }
}
