using AemloBridge.Data;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Tests.TestSupport;

namespace AemloBridge.Protocol.Tests.Datasets;

/// <summary>Block sizes, single precision, files and real data.</summary>
public sealed class DatasetFormsTests
{
    [Theory]
    [InlineData("yeast")]
    [InlineData("enron")]
    [InlineData("bibtex")]
    public void Transfer_RealData_ComesBackWithItsDigestInBlocksBelowOneMebibyte(string name)
    {
        MultiLabelDataset data = ArffReader.Read(RealData.Path(name + ".arff"), LabelSelection.Automatic, cancellationToken: TestContext.Current.CancellationToken);
        (MultiLabelDataset received, string digest) = Transfer.Dataset(data);
        Same.Dataset(data, received);
        Assert.Equal(LiteralDigest.Of(data), digest);
        Assert.All(DatasetBlocks.Rows(data), block => Assert.InRange(new UploadDatasetRequest { Rows = block }.CalculateSize(), 1, 1 << 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_ManyBlocks_AreFullButNeverLongerThanAsked(bool sparse)
    {
        MultiLabelDataset data = TestData.Mixed(rows: 5000, sparse: sparse);
        RowBlock[] blocks = [.. DatasetBlocks.Rows(data, maxBytes: 10_000)];
        Assert.All(blocks, block => Assert.InRange(block.CalculateSize(), 1, 10_000));
        Assert.All(blocks[..^1], block => Assert.InRange(block.CalculateSize(), 9_000, 10_000));
        Assert.Equal(5000, blocks.Sum(block => block.RowCount));
    }

    [Fact]
    public void Rows_ARowLongerThanABlock_TravelsAlone()
    {
        MultiLabelDataset data = TestData.Numeric(rows: 3, features: 500);
        Assert.Equal([1u, 1, 1], DatasetBlocks.Rows(data, maxBytes: 1000).Select(block => block.RowCount));
    }

    [Fact]
    public void Transfer_SinglePrecision_RoundsAndIsWidenedExactly()
    {
        MultiLabelDataset data = TestData.Mixed(rows: 50);
        (MultiLabelDataset received, string digest) = Transfer.Dataset(data, Protocol.V1.ValueType.Float32);
        for (int row = 0; row < data.RowCount; row++)
            Assert.Equal(data.Features.RowValues(row).ToArray().Select(value => (double)(float)value), received.Features.RowValues(row).ToArray());
        // Where single precision holds the values, both ways lead to one data set.
        Assert.Equal(digest, Transfer.Dataset(received).Digest);
        Assert.Equal(digest, Transfer.Dataset(received, Protocol.V1.ValueType.Float32).Digest);
    }

    [Theory]
    [InlineData(1e300, Protocol.V1.ValueType.Float32, "too large for single precision")]
    [InlineData(double.PositiveInfinity, Protocol.V1.ValueType.Float64, "infinite")]
    public void Rows_ValueThatCannotTravel_IsAnErrorOfTheSender(double value, Protocol.V1.ValueType type, string reason)
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x")], 1, [[1, 0], [value, 1]]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => DatasetBlocks.Rows(data, type).Count());
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_WrittenAndRead_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Mixed(rows: 300, sparse: true);
        using (FileStream stream = File.Create(folder["data.pb"]))
            DatasetFile.Write(stream, data);
        Same.Dataset(data, DatasetFile.Read(folder["data.pb"]));
    }

    [Fact]
    public void File_CutAnywhere_IsRefused()
    {
        using var stream = new MemoryStream();
        DatasetFile.Write(stream, Valid.Dataset(sparse: true));
        byte[] bytes = stream.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            using var cut = new MemoryStream(bytes[..length]);
            Assert.Throws<ContractException>(() => DatasetFile.Read(cut));
        }
    }

    /// <summary>A length of 2 GB before a few bytes must not take 2 GB.</summary>
    [Fact]
    public void File_LengthThatLies_TakesNoMemory()
    {
        byte[] bytes = [0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = new MemoryStream(bytes);
        Refused.At("file", "middle of a message", () => DatasetFile.Read(stream));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Assembler_WithoutRowsToKeep_NeedsTheMemoryOfABlock()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: true, type: Protocol.V1.ValueType.Float32);
        const int Blocks = 20_000;
        (header.RowCount, header.EntryCount) = (3 * Blocks, 6 * Blocks);
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: false);
        assembler.Add(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 1; index < Blocks; index++)
            assembler.Add(block);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        assembler.Complete();
        Assert.Equal((3 * Blocks, 6 * Blocks), (assembler.Rows, assembler.Entries));
        Assert.Throws<InvalidOperationException>(() => assembler.Dataset);
    }

    /// <summary>A hierarchy that is one long chain neither overflows the stack nor, with quadratic steps, keeps a core busy for minutes.</summary>
    [Fact]
    public void Schema_DeepHierarchy_IsCheckedToItsEnd()
    {
        const int Labels = 100_000;
        var message = new Protocol.V1.DatasetSchema();
        message.Attributes.Add(new Protocol.V1.Attribute { Name = "x", Numeric = new NumericType() });
        for (uint label = 0; label < Labels; label++)
        {
            message.Attributes.Add(new Protocol.V1.Attribute { Name = $"y{label}", Nominal = new NominalType { Values = { "0", "1" } } });
            message.Labels.Add(new Label { AttributeIndex = label + 1, PositiveValue = 1 });
            if (label > 0)
                message.Labels[(int)label - 1].Parent = label;
        }

        Assert.Equal(Labels, SchemaContract.FromMessage(message, DatasetLimits.None).LabelCount);
        message.Labels[Labels - 1].Parent = 0;
        Assert.Throws<ContractException>(() => SchemaContract.FromMessage(message, DatasetLimits.None));
    }
}
