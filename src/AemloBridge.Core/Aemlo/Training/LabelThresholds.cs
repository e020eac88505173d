using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Aemlo.Training;

/// <summary>The threshold T_j of every label: a row gets the label when its score is at least T_j.</summary>
/// <param name="Values">q thresholds on probabilities; +∞ for a label without positives among the rows they were tuned on.</param>
/// <param name="MacroF1">Mean over the labels with positives of the F1 reached at the thresholds; 0 when there are none.</param>
public sealed record LabelThresholds(double[] Values, double MacroF1)
{
    /// <summary>The threshold of <see cref="ThresholdRule.Half"/>.</summary>
    public const double Half = 0.5;

    /// <summary>Chooses the thresholds, with one sort per label.</summary>
    /// <param name="rule">How to choose.</param>
    /// <param name="scores">rows × q probabilities, row-major.</param>
    /// <param name="labels">The true labels.</param>
    /// <param name="rows">Which rows of <paramref name="labels"/> the scores belong to.</param>
    /// <param name="threads">How many labels may be worked on at once; the result does not depend on it.</param>
    public static LabelThresholds Tune(ThresholdRule rule, float[] scores, LabelMatrix labels, int[] rows, int threads = 1)
    {
        var tuned = new (double Threshold, double F1)[labels.LabelCount];
        Parallel.For(0, labels.LabelCount, new ParallelOptions { MaxDegreeOfParallelism = threads }, label => tuned[label] = TuneOne(rule, scores, labels, rows, label));
        int[] positives = labels.PositiveCounts(rows);
        double[] reached = [.. tuned.Where((_, label) => positives[label] > 0).Select(pair => pair.F1)];
        return new LabelThresholds([.. tuned.Select(pair => pair.Threshold)], reached.Length == 0 ? 0 : reached.Average());
    }

    private static (double Threshold, double F1) TuneOne(ThresholdRule rule, float[] scores, LabelMatrix labels, int[] rows, int label)
    {
        var column = new float[rows.Length];
        var truth = new bool[rows.Length];
        int positives = 0;
        for (int at = 0; at < rows.Length; at++)
        {
            // Negated, so that an ascending sort puts the highest score first.
            column[at] = -scores[(long)at * labels.LabelCount + label];
            truth[at] = labels[rows[at], label];
            positives += truth[at] ? 1 : 0;
        }

        Array.Sort(column, truth);
        return rule switch
        {
            ThresholdRule.Half => (Half, F1At(column, truth, positives, Half)),
            _ when positives == 0 => (double.PositiveInfinity, 0),
            ThresholdRule.Frequency => AtCount(column, truth, positives),
            _ => BestF1(column, truth, positives),
        };
    }

    private static (double Threshold, double F1) BestF1(float[] negated, bool[] truth, int positives)
    {
        double best = -1;
        int bestCount = 0;
        int hits = 0;
        for (int count = 1; count <= negated.Length; count++)
        {
            hits += truth[count - 1] ? 1 : 0;
            // Equal scores cannot be told apart by a threshold.
            if (count < negated.Length && negated[count] == negated[count - 1])
                continue;
            double f1 = 2.0 * hits / (count + positives);
            if (f1 <= best)
                continue;
            best = f1;
            bestCount = count;
        }

        return (Cut(negated, bestCount), best);
    }

    private static (double Threshold, double F1) AtCount(float[] negated, bool[] truth, int positives)
    {
        double threshold = Cut(negated, positives);
        return (threshold, F1At(negated, truth, positives, threshold));
    }

    private static double F1At(float[] negated, bool[] truth, int positives, double threshold)
    {
        int predicted = 0, hits = 0;
        while (predicted < negated.Length && -negated[predicted] >= threshold)
            hits += truth[predicted++] ? 1 : 0;
        return predicted + positives == 0 ? 0 : 2.0 * hits / (predicted + positives);
    }

    /// <summary>The midpoint between the last score above the cut and the first below it; the last score itself when none is below.</summary>
    private static double Cut(float[] negated, int count) =>
        count < negated.Length ? -((double)negated[count - 1] + negated[count]) / 2 : -negated[count - 1];
}
