using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Aemlo.Training;

public class LabelThresholdsThreadsTests
{
    [Theory]
    [InlineData(ThresholdRule.F1)]
    [InlineData(ThresholdRule.Frequency)]
    [InlineData(ThresholdRule.Half)]
    public void Tune_OneOrSeveralThreads_GivesWhatEachLabelGetsAlone(ThresholdRule rule)
    {
        const int Rows = 150, Labels = 60;
        var random = new SeededRandom(9, RandomStream.Sample);
        var scores = new float[Rows * Labels];
        var labels = new LabelMatrix(Rows, Labels);
        for (int row = 0; row < Rows; row++)
        {
            for (int label = 0; label < Labels; label++)
            {
                scores[row * Labels + label] = (float)random.NextDouble();
                // Every tenth label has no positive row at all.
                labels[row, label] = label % 10 != 0 && random.NextDouble() < 0.2;
            }
        }

        int[] rows = [.. Enumerable.Range(0, Rows)];
        LabelThresholds one = LabelThresholds.Tune(rule, scores, labels, rows, threads: 1);
        LabelThresholds four = LabelThresholds.Tune(rule, scores, labels, rows, threads: 4);
        double[] alone = [.. Enumerable.Range(0, Labels).Select(label => Alone(rule, scores, labels, label))];
        Assert.Equal(alone, one.Values);
        Assert.Equal(alone, four.Values);
        Assert.Equal(one.MacroF1, four.MacroF1);
        Assert.InRange(one.MacroF1, 0.1, 0.9);
    }

    private static double Alone(ThresholdRule rule, float[] scores, LabelMatrix labels, int label)
    {
        var column = new LabelMatrix(labels.RowCount, 1);
        for (int row = 0; row < labels.RowCount; row++)
            column[row, 0] = labels[row, label];
        float[] own = [.. Enumerable.Range(0, labels.RowCount).Select(row => scores[row * labels.LabelCount + label])];
        return Assert.Single(LabelThresholds.Tune(rule, own, column, [.. Enumerable.Range(0, labels.RowCount)]).Values);
    }
}
