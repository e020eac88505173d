using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Protocol.Tests.Datasets;

/// <summary>Sizes that are too large are refused when they are announced.</summary>
public sealed class LimitTests
{
    public static TheoryData<string, DatasetLimits> Limits { get; } = new()
    {
        { "3 rows, but at most 2", new DatasetLimits { MaxRows = 2 } },
        { "2 features, but at most 1", new DatasetLimits { MaxFeatures = 1 } },
        { "9 labels, but at most 8", new DatasetLimits { MaxLabels = 8 } },
        { "bytes, but at most 40", new DatasetLimits { MaxBytes = 40 } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Constructor_BeyondALimit_SaysWhich(string message, DatasetLimits limits)
    {
        DatasetHeader header = Valid.Messages(sparse: false).Header;
        DatasetTooLargeException error = Assert.Throws<DatasetTooLargeException>(() => new DatasetAssembler(header, limits, keepRows: true));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AtTheLimits_IsTaken()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: false);
        var limits = new DatasetLimits { MaxRows = 3, MaxFeatures = 2, MaxLabels = 9, MaxBytes = header.CalculateSize() + block.CalculateSize() };
        using var assembler = new DatasetAssembler(header, limits, keepRows: true);
        assembler.Add(block);
        Assert.Equal(64, assembler.Complete().Length);
        Assert.Equal(limits.MaxBytes, assembler.Bytes);
    }

    /// <summary>A message may carry fields that are not known, and they take room too.</summary>
    [Fact]
    public void Add_BytesBeyondTheLimit_AreRefused()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: false);
        using var assembler = new DatasetAssembler(header, new DatasetLimits { MaxBytes = header.CalculateSize() + block.CalculateSize() }, keepRows: true);
        byte[] unknown = [0xFA, 0x01, 3, 1, 2, 3];
        RowBlock padded = RowBlock.Parser.ParseFrom([.. Google.Protobuf.MessageExtensions.ToByteArray(block), .. unknown]);
        Assert.Throws<DatasetTooLargeException>(() => assembler.Add(padded));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 0)]
    [InlineData(1UL << 31, 0)]
    [InlineData(1UL << 30, 0)]
    public void Constructor_MoreDenseValuesThanAnArrayHolds_IsRefusedWithoutAnyLimit(ulong rows, ulong entries)
    {
        DatasetHeader header = Valid.Messages(sparse: false).Header;
        (header.RowCount, header.EntryCount) = (rows, entries);
        Assert.Throws<DatasetTooLargeException>(() => new DatasetAssembler(header, DatasetLimits.None, keepRows: true));
    }

    [Fact]
    public void Constructor_MoreSparseEntriesThanAnArrayHolds_IsRefusedWithoutAnyLimit()
    {
        DatasetHeader header = Valid.Messages(sparse: true).Header;
        (header.RowCount, header.EntryCount) = (int.MaxValue / 2, int.MaxValue - 1);
        Assert.Throws<DatasetTooLargeException>(() => new DatasetAssembler(header, DatasetLimits.None, keepRows: true));
    }
}
