using AemloBridge.Data;
using AemloBridge.Tests.TestSupport;

namespace AemloBridge.Tests.Data;

public class RealFilesTests
{
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
        MultiLabelDataset data = ArffReader.Read(RealData.Path(name + ".arff"), LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((rows, features, labels), (data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount));
        Assert.Equal(sparse, data.Features.IsSparse);
        Assert.Equal(sparse, data.Source!.IsSparse);
        Assert.Empty(data.Source.Warnings);
        Assert.EndsWith(name + ".xml", data.Source.LabelXmlPath, StringComparison.Ordinal);
    }
}
