using AemloBridge.Aemlo.Generation;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.Remedial;

/// <summary>
/// REMEDIAL (Charte et al., HAIS 2015): a row with SCUMBLE_i above the mean is decoupled into two with the same features.
/// The given row keeps its minority labels (IRLbl &gt; MeanIR), the new one gets the others; paper and Mulan have it so.
/// </summary>
/// <remarks>
/// New rows come in the order of their sources. A row is decoupled also where all of its labels are on one side, which
/// leaves one half without labels, as in the paper; a warning counts them. A half whose labels lack their ancestors in a
/// label hierarchy gets these, too.
/// </remarks>
internal static class Decoupling
{
    /// <summary>The publication.</summary>
    public const string Paper = "Charte, Rivera, del Jesus, Herrera: Resampling multilabel datasets by decoupling highly imbalanced labels, HAIS 2015";

    /// <summary>An excess over the mean that is as small as this comes from rounding: where all rows have one SCUMBLE_i, none exceeds the mean.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Decouples what is to be decoupled.</summary>
    public static Resampled Resample(MultiLabelDataset data, CancellationToken cancellationToken)
    {
        double[] irLbl = ImbalanceMeasures.IRLbl(data.Labels.PositiveCounts());
        double meanIR = ImbalanceMeasures.MeanIR(irLbl);
        double[] scumble = ImbalanceMeasures.ScumbleOfRows(data.Labels, irLbl);
        double mean = scumble.Average();
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(row => scumble[row] - mean > Rounding)];
        if (rows.Length == 0)
        {
            return new Resampled(ResamplingRecipe.Append(SyntheticRows.None(data)), 0,
                ["nothing was done: in no row do rare and frequent labels meet more than in the others (SCUMBLE above its mean); such data needs no decoupling"]);
        }

        LabelMatrix rare = data.Labels.SelectRows(rows);
        LabelMatrix frequent = data.Labels.SelectRows(rows);
        bool[] copied = new bool[irLbl.Length];
        int repaired = 0;
        int without = 0;
        for (int at = 0; at < rows.Length; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int label in RowLabels.Of(data.Labels, rows[at]))
                (irLbl[label] > meanIR ? frequent : rare)[at, label] = false;
            without += rare.RowCardinality(at) == 0 || frequent.RowCardinality(at) == 0 ? 1 : 0;
            repaired += HierarchyRepair.Apply(data.Schema, rare, at, copied) | HierarchyRepair.Apply(data.Schema, frequent, at, copied) ? 1 : 0;
        }

        double[]? weights = data.Weights is { } given ? [.. rows.Select(row => given[row])] : null;
        var halves = new SyntheticRows(data.Features.SelectRows(rows), frequent, weights, rows, null);
        var warnings = new List<string>();
        if (without > 0)
            warnings.Add($"{without} of the {rows.Length} decoupled rows have minority labels only or none, so that one of the two has no label");
        if (repaired > 0)
            warnings.Add($"{repaired} of the {rows.Length} decoupled rows got labels back that the label hierarchy asks for");
        return new Resampled(new ResamplingRecipe(null, Edits(data.Labels, rows, rare), [], halves), rows.Length, warnings);
    }

    private static LabelEdit[] Edits(LabelMatrix given, int[] rows, LabelMatrix edited) =>
    [
        .. from at in Enumerable.Range(0, rows.Length)
           from label in Enumerable.Range(0, given.LabelCount)
           where given[rows[at], label] != edited[at, label]
           select new LabelEdit(rows[at], label, edited[at, label]),
    ];
}
