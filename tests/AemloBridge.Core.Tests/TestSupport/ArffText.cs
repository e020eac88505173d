using System.Text;
using AemloBridge.Data;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Reads ARFF given as text in a test.</summary>
public static class ArffText
{
    /// <summary>The name that texts have in messages.</summary>
    public const string Name = "test.arff";

    public static MultiLabelDataset Read(string text, string labels = "last:1", ArffReadOptions? options = null) =>
        Read(Encoding.UTF8.GetBytes(text), labels, options);

    public static MultiLabelDataset Read(byte[] bytes, string labels = "last:1", ArffReadOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return ArffReader.Read(stream, Name, LabelSelection.Parse(labels), options, TestContext.Current.CancellationToken);
    }

    public static AemloInputException Refused(string text, string labels = "last:1", ArffReadOptions? options = null) =>
        Assert.Throws<AemloInputException>(() => Read(text, labels, options));
}
