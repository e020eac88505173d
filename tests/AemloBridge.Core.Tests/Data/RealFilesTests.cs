using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Data;

public class RealFilesTests
{
    public static TheoryData<string> Names => ["bibtex", "enron", "yeast", "cal500", "corel5k", "emotions", "langlog"];

    [Theory]
    [InlineData("bibtex", 7395, 1836, 159, true)]
    [InlineData("enron", 1702, 1001, 53, true)]
    [InlineData("yeast", 2417, 103, 14, false)]
    [InlineData("cal500", 502, 68, 174, false)]
    [InlineData("corel5k", 5000, 499, 374, true)]
    [InlineData("emotions", 593, 72, 6, false)]
    [InlineData("langlog", 1460, 1004, 75, true)]
    public void Read_RealFile_HasThePublishedShape(string name, int rows, int features, int labels, bool sparse)
    {
        MultiLabelDataset data = Read(name);

        Assert.Equal((rows, features, labels), (data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount));
        Assert.Equal(sparse, data.Features.IsSparse);
        Assert.Equal(sparse, data.Source!.IsSparse);
        Assert.Empty(data.Source.Warnings);
        Assert.EndsWith(name + ".xml", data.Source.LabelXmlPath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yeast")]
    [InlineData("cal500")]
    [InlineData("emotions")]
    public void Read_DenseRealFile_HasTheValuesOfALiteralReader(string name)
    {
        MultiLabelDataset data = Read(name);
        string[] lines = File.ReadAllLines(RealData.Path(name + ".arff"));
        int first = Array.FindIndex(lines, line => line.StartsWith("@data", StringComparison.OrdinalIgnoreCase)) + 1;
        string[][] cells = [.. lines.Skip(first).Where(line => line.Length > 0).Select(line => line.Split(','))];

        Assert.Equal(cells.Length, data.RowCount);
        for (int row = 0; row < cells.Length; row++)
        {
            for (int feature = 0; feature < data.Schema.FeatureCount; feature++)
                Assert.Equal(double.Parse(cells[row][data.Schema.FeatureIndices[feature]], CultureInfo.InvariantCulture), data.Features[row, feature]);
            for (int label = 0; label < data.Schema.LabelCount; label++)
                Assert.Equal(cells[row][data.Schema.Labels[label].AttributeIndex].Trim() == "1", data.Labels[row, label]);
        }
    }

    [Theory]
    [InlineData("bibtex")]
    [InlineData("langlog")]
    public void Read_SparseRealFile_HasTheEntriesOfALiteralReader(string name)
    {
        MultiLabelDataset data = Read(name);
        string[] lines = File.ReadAllLines(RealData.Path(name + ".arff"));
        int first = Array.FindIndex(lines, line => line.StartsWith("@data", StringComparison.OrdinalIgnoreCase)) + 1;
        int row = 0;
        foreach (string line in lines.Skip(first).Where(line => line.StartsWith('{')))
        {
            // Every attribute of these files is {0,1}: a row is the set of attributes that are 1.
            HashSet<int> ones = [.. line.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => int.Parse(pair.Trim().Split(' ')[0], CultureInfo.InvariantCulture))];
            int[] found =
            [
                .. data.Features.RowColumns(row).ToArray().Select(column => data.Schema.FeatureIndices[column]),
                .. data.Schema.Labels.Where((_, label) => data.Labels[row, label]).Select(label => label.AttributeIndex),
            ];
            Assert.True(ones.SetEquals(found), $"row {row}");
            row++;
        }

        Assert.Equal(data.RowCount, row);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WriteOversampled_RealFile_KeepsEveryByteAndReadsBackEqual(string name)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(name);
        int[] seeds = [3, 0, 41, data.RowCount - 1];
        MultiLabelDataset chosen = data.SelectRows(seeds);
        var rows = new SyntheticRows(chosen.Features, chosen.Labels, null, seeds, null);

        ArffOutputFiles files = ArffWriter.WriteOversampled(data, rows, folder["out.arff"], overwrite: false, TestContext.Current.CancellationToken);

        byte[] before = File.ReadAllBytes(RealData.Path(name + ".arff"));
        byte[] after = File.ReadAllBytes(files.ArffPath);
        Assert.True(after.AsSpan().StartsWith(before));
        Assert.Equal(File.ReadAllBytes(RealData.Path(name + ".xml")), File.ReadAllBytes(files.XmlPath));
        MultiLabelDataset written = ArffReader.Read(files.ArffPath, LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken);
        DatasetAssert.EqualSchema(data.Schema, written.Schema);
        Assert.Equal(data.RowCount + seeds.Length, written.RowCount);
        DatasetAssert.EqualRows(data, 0, written, 0, data.RowCount);
        DatasetAssert.EqualRows(chosen, 0, written, data.RowCount, seeds.Length);
        Assert.Equal(data.Features.IsSparse, System.Text.Encoding.UTF8.GetString(after.AsSpan(before.Length)).Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => line.StartsWith('{')));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_RealFile_ReadsBackEqual(string name)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(name);

        ArffOutputFiles files = ArffWriter.Write(data, folder["out.arff"], overwrite: false, TestContext.Current.CancellationToken);

        DatasetAssert.Equal(data, ArffReader.Read(files.ArffPath, LabelSelection.Parse(files.XmlPath), cancellationToken: TestContext.Current.CancellationToken));
    }

    private static MultiLabelDataset Read(string name) =>
        ArffReader.Read(RealData.Path(name + ".arff"), LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken);
}
