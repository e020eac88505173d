using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.Mlros;

/// <summary>
/// MLROS (Charte et al., Neurocomputing 163, 2015, Algorithm 2): the minority labels take turns, in the data set's order,
/// and each has a random row of its bag cloned; after its clone it retires once its IRLbl is no longer above MeanIR.
/// </summary>
/// <remarks>
/// Bags and MeanIR are those of the given rows; IRLbl is that of the rows there are by then, the most frequent label's
/// clones included (Mulan leaves the most frequent label's count as it was, and looks before a clone, not after it).
/// Random draws: per clone one number below the bag's size, the position in the bag, whose rows ascend.
/// </remarks>
internal static class MinorityCloning
{
    /// <summary>The publication.</summary>
    public const string Paper = "Charte, Rivera, del Jesus, Herrera: Addressing imbalance in multilabel classification, Neurocomputing 163, 2015";

    /// <summary>Makes the clones.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="rate">p.</param>
    /// <param name="num">The exact number of clones, or null.</param>
    /// <param name="random">Where they are drawn from.</param>
    /// <param name="cancellationToken">Checked before each clone.</param>
    public static Resampled Resample(MultiLabelDataset data, double rate, int? num, SeededRandom random, CancellationToken cancellationToken)
    {
        int wanted = Amount.Of(rate, num, data.RowCount);
        double meanIR = ImbalanceMeasures.MeanIR(ImbalanceMeasures.IRLbl(data.Labels.PositiveCounts()));
        List<int> active = [.. ImbalanceMeasures.MinorityLabels(data.Labels).Index().Where(label => label.Item).Select(label => label.Index)];
        if (active.Count == 0)
            return new Resampled(ResamplingRecipe.AppendClones(data, []), wanted, [NothingDone.NoMinorityLabel(data.Labels)]);
        if (wanted == 0)
            return new Resampled(ResamplingRecipe.AppendClones(data, []), 0, [Amount.WhyNone(rate, num, data.RowCount)]);

        List<int>[] bags = LabelBags.Of(data.Labels);
        var counts = new RunningCounts(data.Labels);
        var clones = new List<int>();
        while (clones.Count < wanted && active.Count > 0)
        {
            var stillActive = new List<int>();
            foreach (int label in active)
            {
                if (clones.Count == wanted)
                    break;
                cancellationToken.ThrowIfCancellationRequested();
                int row = bags[label][random.NextInt(bags[label].Count)];
                clones.Add(row);
                counts.Add(row);
                if (counts.IRLbl(label) > meanIR)
                    stillActive.Add(label);
            }

            active = stillActive;
        }

        return new Resampled(ResamplingRecipe.AppendClones(data, [.. clones]), wanted, clones.Count == wanted ? [] :
            [$"{clones.Count} of {wanted} clones were made: by then no minority label was rarer than MeanIR; ask for fewer"]);
    }
}
