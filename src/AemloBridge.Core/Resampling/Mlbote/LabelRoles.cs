using AemloBridge.Data;
using AemloBridge.Imbalance;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>What the labels' frequencies make of them; counted once, after noise clearing.</summary>
/// <param name="Positives">C_j of each label.</param>
/// <param name="MeanImbalance">Mean of (n − C_j)/C_j over the labels that some row has; 0 where there is none.</param>
/// <param name="Active">A: the labels with two rows or more of each class, ascending.</param>
/// <param name="IsTarget">Whether a label is active and rare: (n − C_j)/C_j above a threshold, or IRLbl_j above MeanIR.</param>
internal sealed record LabelRoles(int[] Positives, double MeanImbalance, int[] Active, bool[] IsTarget)
{
    private const int FewestOfAClass = 2;

    /// <summary>C_j of the rarest target label; 0 without one.</summary>
    public int FewestOfTargets { get; } = TargetCounts(Positives, IsTarget).DefaultIfEmpty().Min();

    /// <summary>C_j of the most frequent target label; 0 without one.</summary>
    public int MostOfTargets { get; } = TargetCounts(Positives, IsTarget).DefaultIfEmpty().Max();

    /// <summary>The roles of some labels.</summary>
    /// <param name="labels">n × q.</param>
    /// <param name="imbalanceThreshold">thImR.</param>
    public static LabelRoles Of(LabelMatrix labels, double imbalanceThreshold)
    {
        int rows = labels.RowCount;
        int[] positives = labels.PositiveCounts();
        double[] imbalances = [.. positives.Select(count => (double)(rows - count) / count)];
        double[] irLbl = ImbalanceMeasures.IRLbl(positives);
        double meanIR = ImbalanceMeasures.MeanIR(irLbl);
        int[] active = [.. Enumerable.Range(0, positives.Length).Where(j => positives[j] >= FewestOfAClass && rows - positives[j] >= FewestOfAClass)];
        var isTarget = new bool[positives.Length];
        foreach (int label in active)
            isTarget[label] = imbalances[label] > imbalanceThreshold || irLbl[label] > meanIR;
        return new LabelRoles(positives, imbalances.Where(double.IsFinite).DefaultIfEmpty().Average(), active, isTarget);
    }

    private static IEnumerable<int> TargetCounts(int[] positives, bool[] isTarget) => positives.Where((_, label) => isTarget[label]);
}
