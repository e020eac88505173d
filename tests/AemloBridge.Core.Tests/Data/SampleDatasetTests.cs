using AemloBridge.Data;

namespace AemloBridge.Tests.Data;

public class SampleDatasetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-7)]
    public void Create_AnySeed_HasTheThreeRareLabelsAsMinorityLabels(int seed)
    {
        MultiLabelDataset data = SampleDataset.Create(seed);

        Assert.Equal((2400, 60, 12), (data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount));
        int[] positives = data.Labels.PositiveCounts();
        double[] irLbl = [.. positives.Select(count => (double)positives.Max() / count)];
        for (int label = 0; label < positives.Length; label++)
        {
            bool rare = data.Schema.Labels[label].Name.StartsWith("rare_", StringComparison.Ordinal);
            bool minority = (double)(data.RowCount - positives[label]) / positives[label] > 10 && irLbl[label] > irLbl.Average();
            Assert.Equal(rare, minority);
            Assert.Equal(rare, positives[label] is >= 30 and <= 60);
        }
    }

    [Fact]
    public void Create_Columns_AreMixedAndTwoHaveMissingValues()
    {
        MultiLabelDataset data = SampleDataset.Create(3);

        Assert.Equal(["real", "integer", "2", "4", "5", "3"], data.Schema.Features.Select(feature => feature.IsNominal ? feature.Values.Count.ToString() : feature.DeclaredType).Distinct());
        var withMissing = new HashSet<int>();
        for (int column = 0; column < data.Schema.FeatureCount; column++)
        {
            double[] values = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Features[row, column])];
            int missing = values.Count(double.IsNaN);
            Assert.InRange(missing, 0, 200);
            if (missing > 0)
                withMissing.Add(column);
            Assert.True(values.Where(value => !double.IsNaN(value)).Distinct().Count() > 1, $"column {column} is constant");
            if (data.Schema.Features[column].IsNominal)
                Assert.Equal(data.Schema.Features[column].Values.Count, values.Where(value => !double.IsNaN(value)).Distinct().Count());
        }

        Assert.Equal(2, withMissing.Count);
    }

    [Fact]
    public void Create_SameSeed_GivesTheSameData()
    {
        DatasetAssert.Equal(SampleDataset.Create(5), SampleDataset.Create(5));
        Assert.NotEqual(SampleDataset.Create(5).Features[0, 0], SampleDataset.Create(6).Features[0, 0]);
    }

    [Fact]
    public void Create_RareLabels_CanBeLearntFromTheFeatures()
    {
        // A nearest-centroid rule is far from the best learner; it must still find most rows of a rare label among the
        // first tenth of its ranking, where chance would find one in ten.
        MultiLabelDataset data = SampleDataset.Create(1);
        int[] columns = [.. Enumerable.Range(0, 30).Where(column => column != 4)];
        for (int label = 9; label < 12; label++)
        {
            int[] rows = [.. Enumerable.Range(0, data.RowCount)];
            double[] means = [.. columns.Select(column => rows.Average(row => data.Features[row, column]))];
            double[] deviations = [.. columns.Select((column, at) => Math.Sqrt(rows.Average(row => Math.Pow(data.Features[row, column] - means[at], 2))))];
            double[] centroid = [.. columns.Select((column, at) => rows.Where(row => data.Labels[row, label]).Average(row => (data.Features[row, column] - means[at]) / deviations[at]))];
            int found = rows
                .OrderByDescending(row => columns.Select((column, at) => (data.Features[row, column] - means[at]) / deviations[at] * centroid[at]).Sum())
                .Take(data.RowCount / 10)
                .Count(row => data.Labels[row, label]);
            Assert.True(found > 0.7 * data.Labels.PositiveCounts()[label], $"label {label}: {found} of {data.Labels.PositiveCounts()[label]}");
        }
    }

    [Fact]
    public void Write_Sample_ReadsBackEqual()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = SampleDataset.Create(1);

        ArffOutputFiles files = ArffWriter.Write(data, folder["sample.arff"], overwrite: false, TestContext.Current.CancellationToken);

        DatasetAssert.Equal(data, ArffReader.Read(files.ArffPath, LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(["sample.arff", "sample.xml"], folder.Names);
    }
}
