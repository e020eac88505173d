using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using CsCheck;

namespace AemloBridge.Tests.Aemlo.Training;

public class LabelThresholdsTests
{
    private static readonly Gen<(int Score, bool Truth)[]> Columns =
        Gen.Select(Gen.Int[0, 12], Gen.Bool).Array[1, 30];

    [Fact]
    public void Tune_F1_NoCutIsBetter() => Columns.Sample(column =>
    {
        (float[] scores, LabelMatrix labels, int[] rows) = Build(column);
        LabelThresholds tuned = LabelThresholds.Tune(ThresholdRule.F1, scores, labels, rows);
        if (!column.Any(cell => cell.Truth))
        {
            Assert.Equal(double.PositiveInfinity, tuned.Values[0]);
            return;
        }

        double reached = F1(column, scores, tuned.Values[0]);
        Assert.Equal(reached, tuned.MacroF1, 1e-12);
        foreach (float cut in scores)
            Assert.True(F1(column, scores, cut) <= reached + 1e-12, $"a cut at {cut} is better than {tuned.Values[0]}");
    });

    [Fact]
    public void Tune_F1_ThresholdLiesBetweenTwoScores() => Columns.Sample(column =>
    {
        (float[] scores, LabelMatrix labels, int[] rows) = Build(column);
        double threshold = LabelThresholds.Tune(ThresholdRule.F1, scores, labels, rows).Values[0];
        if (double.IsInfinity(threshold))
            return;
        float[] above = [.. scores.Where(score => score >= threshold)];
        float[] below = [.. scores.Where(score => score < threshold)];
        Assert.NotEmpty(above);
        Assert.Equal(below.Length == 0 ? above.Min() : ((double)above.Min() + below.Max()) / 2, threshold, 1e-12);
    });

    [Fact]
    public void Tune_Frequency_PredictsAsOftenAsTheLabelOccurs()
    {
        float[] scores = [0.9f, 0.1f, 0.7f, 0.2f, 0.4f];
        var labels = new LabelMatrix(5, 1) { [1, 0] = true, [3, 0] = true };
        LabelThresholds tuned = LabelThresholds.Tune(ThresholdRule.Frequency, scores, labels, [0, 1, 2, 3, 4]);
        Assert.Equal(2, scores.Count(score => score >= tuned.Values[0]));
    }

    [Fact]
    public void Tune_Half_IsHalfForEveryLabel()
    {
        LabelThresholds tuned = LabelThresholds.Tune(ThresholdRule.Half, [0.9f, 0.2f], new LabelMatrix(2, 1) { [0, 0] = true }, [0, 1]);
        Assert.Equal(0.5, tuned.Values[0]);
        Assert.Equal(1, tuned.MacroF1);
    }

    [Fact]
    public void Tune_RowsOutOfOrder_ReadsTheirOwnLabels()
    {
        var labels = new LabelMatrix(4, 1) { [3, 0] = true };
        LabelThresholds tuned = LabelThresholds.Tune(ThresholdRule.F1, [0.1f, 0.8f], labels, [0, 3]);
        Assert.Equal(0.45, tuned.Values[0], 1e-6);
        Assert.Equal(1, tuned.MacroF1);
    }

    private static (float[] Scores, LabelMatrix Labels, int[] Rows) Build((int Score, bool Truth)[] column)
    {
        var labels = new LabelMatrix(column.Length, 1);
        for (int row = 0; row < column.Length; row++)
            labels[row, 0] = column[row].Truth;
        return ([.. column.Select(cell => cell.Score / 16f)], labels, [.. Enumerable.Range(0, column.Length)]);
    }

    private static double F1((int Score, bool Truth)[] column, float[] scores, double cut)
    {
        int predicted = scores.Count(score => score >= cut);
        int hits = column.Where((cell, row) => cell.Truth && scores[row] >= cut).Count();
        return 2.0 * hits / (predicted + column.Count(cell => cell.Truth));
    }
}
