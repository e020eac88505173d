using System.Numerics;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Imbalance;

/// <summary>
/// ImR, IRLbl, MeanIR, CVIR and SCUMBLE (Charte et al., Neurocomputing 163, 2015; HAIS 2015) and the minority labels
/// of AEMLO. Labels that no row has are left out of MeanIR and CVIR, as Mulan does.
/// </summary>
public static class ImbalanceMeasures
{
    /// <summary>All measures of a data set's labels, with the minority labels that options ask for.</summary>
    public static ImbalanceReport Compute(DatasetSchema schema, LabelMatrix labels, AemloOptions options) =>
        Compute(labels, [.. schema.Labels.Select(label => label.Name)], options.MinorityRule, options.MinorityCut);

    /// <summary>All measures of a label matrix.</summary>
    /// <param name="labels">n × q.</param>
    /// <param name="names">q names.</param>
    /// <param name="rule">Which labels are minority labels.</param>
    /// <param name="minorityCut">The cut on ImR for <see cref="MinorityRule.ImrAndIrlbl"/>.</param>
    public static ImbalanceReport Compute(LabelMatrix labels, IReadOnlyList<string> names, MinorityRule rule, double minorityCut)
    {
        int[] positives = labels.PositiveCounts();
        double[] irLbl = IRLbl(positives);
        double meanIR = MeanIR(irLbl);
        bool[] minority = MinorityLabels(labels, rule, minorityCut);
        double cardinality = labels.RowCount == 0 ? 0 : positives.Sum(count => (double)count) / labels.RowCount;
        return new ImbalanceReport(
            labels.RowCount,
            cardinality,
            labels.LabelCount == 0 ? 0 : cardinality / labels.LabelCount,
            meanIR,
            Cvir(irLbl, meanIR),
            labels.RowCount == 0 ? 0 : ScumbleOfRows(labels, irLbl).Sum() / labels.RowCount,
            MinorityRows(labels, minority).Length,
            [.. names.Select((name, j) => new LabelImbalance(name, positives[j], ImR(positives[j], labels.RowCount), irLbl[j], minority[j]))]);
    }

    /// <summary>ImR_j of a label with so many positives among so many rows, equation (1).</summary>
    public static double ImR(int positives, int rows)
    {
        double more = Math.Max(positives, rows - positives);
        double fewer = Math.Min(positives, rows - positives);
        return fewer == 0 ? double.PositiveInfinity : more / fewer;
    }

    /// <summary>IRLbl_j of every label, equation (1); infinite where no row has the label.</summary>
    public static double[] IRLbl(IReadOnlyList<int> positives)
    {
        double most = positives.Count == 0 ? 0 : positives.Max();
        return [.. positives.Select(count => count == 0 ? double.PositiveInfinity : most / count)];
    }

    /// <summary>Mean of the finite IRLbl; NaN when there is none.</summary>
    public static double MeanIR(IEnumerable<double> irLbl)
    {
        double[] finite = [.. irLbl.Where(double.IsFinite)];
        return finite.Length == 0 ? double.NaN : finite.Average();
    }

    /// <summary>L_s as one flag per label: the minority labels under a rule. A label that no row has is never one.</summary>
    public static bool[] MinorityLabels(LabelMatrix labels, MinorityRule rule, double minorityCut)
    {
        int[] positives = labels.PositiveCounts();
        double[] irLbl = IRLbl(positives);
        double meanIR = MeanIR(irLbl);
        return [.. positives.Select((count, j) => count > 0 && rule switch
        {
            MinorityRule.ImrAndIrlbl => ImR(count, labels.RowCount) > minorityCut && irLbl[j] > meanIR,
            MinorityRule.Irlbl => irLbl[j] > meanIR,
            MinorityRule.All => true,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        })];
    }

    /// <summary>The same under the rule of every method but AEMLO: IRLbl_j &gt; MeanIR.</summary>
    public static bool[] MinorityLabels(LabelMatrix labels) => MinorityLabels(labels, MinorityRule.Irlbl, 1);

    /// <summary>M: positions of the rows that have at least one of the flagged labels, ascending.</summary>
    public static int[] MinorityRows(LabelMatrix labels, IReadOnlyList<bool> minority)
    {
        var mask = new ulong[(labels.LabelCount + 63) / 64];
        for (int j = 0; j < labels.LabelCount; j++)
        {
            if (minority[j])
                mask[j >> 6] |= 1UL << (j & 63);
        }

        var rows = new List<int>();
        for (int row = 0; row < labels.RowCount; row++)
        {
            ReadOnlySpan<ulong> words = labels.RowWords(row);
            for (int word = 0; word < words.Length; word++)
            {
                if ((words[word] & mask[word]) == 0)
                    continue;
                rows.Add(row);
                break;
            }
        }

        return [.. rows];
    }

    private static double Cvir(double[] irLbl, double meanIR)
    {
        double[] finite = [.. irLbl.Where(double.IsFinite)];
        if (finite.Length < 2)
            return 0;
        double squares = finite.Sum(value => (value - meanIR) * (value - meanIR));
        return Math.Sqrt(squares / (finite.Length - 1)) / meanIR;
    }

    /// <summary>SCUMBLE_i of every row: 1 − geometric mean / arithmetic mean of IRLbl over its labels, 0 for a row without labels.</summary>
    /// <param name="labels">n × q.</param>
    /// <param name="irLbl">IRLbl of every label.</param>
    public static double[] ScumbleOfRows(LabelMatrix labels, IReadOnlyList<double> irLbl)
    {
        var scumble = new double[labels.RowCount];
        for (int row = 0; row < labels.RowCount; row++)
        {
            int active = 0;
            double total = 0, logs = 0;
            ReadOnlySpan<ulong> words = labels.RowWords(row);
            for (int word = 0; word < words.Length; word++)
            {
                for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
                {
                    double value = irLbl[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                    active++;
                    total += value;
                    logs += Math.Log(value);
                }
            }

            if (active > 0)
                scumble[row] = 1 - Math.Exp(logs / active) / (total / active);
        }

        return scumble;
    }
}
