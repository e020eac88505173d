using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using Google.Protobuf;

namespace AemloBridge.Protocol.Tests.Datasets;

/// <summary>One thing wrong in a block that is right otherwise.</summary>
public sealed class BlockChecksTests
{
    public static TheoryData<string, string, Action<RowBlock>> Dense { get; } = new()
    {
        { "rows.row_count", "at least 1", block => block.RowCount = 0 },
        { "rows.row_count", "4 rows where the header leaves 3", block => block.RowCount = 4 },
        { "rows.row_count", "leaves 3", block => block.RowCount = uint.MaxValue },
        { "rows.labels", "6 bytes where 4 are expected", block => block.RowCount = 2 },
        { "rows.labels", "0 bytes where 6", block => block.Labels = ByteString.Empty },
        { "rows.labels", "row 1: bits beyond the last of 9 labels", block => block.Labels = ByteString.CopyFrom(0, 0, 0, 2, 0, 0) },
        { "rows.weights", "has_weights = false", block => block.Weights = Valid.Bytes(1.0, 1.0, 1.0) },
        { "rows.features", "must be dense", block => block.ClearFeatures() },
        { "rows.features", "must be dense", block => block.Sparse = new SparseFeatures() },
        { "rows.dense.values", "40 bytes where 48", block => block.Dense.Values = Valid.Bytes(1.0, 2, 3, 1, 5) },
        { "rows.dense.values", "row 2, feature 0: not a finite", block => block.Dense.Values = Valid.Bytes(1, 2, 3, 1, double.NaN, 0) },
        { "rows.dense.values", "row 1, feature 0: not a finite", block => block.Dense.Values = Valid.Bytes(1, 2, double.PositiveInfinity, 1, 5, 0) },
        { "rows.dense.values", "row 1, feature 1: not a whole number from 0 to 2", block => block.Dense.Values = Valid.Bytes(1.0, 2, 3, 3, 5, 0) },
        { "rows.dense.values", "row 0, feature 1: not a whole number", block => block.Dense.Values = Valid.Bytes(1, 0.5, 3, 1, 5, 0) },
        { "rows.dense.values", "row 0, feature 1: not a whole number", block => block.Dense.Values = Valid.Bytes(1.0, -1, 3, 1, 5, 0) },
        { "rows.dense.values", "row 0, feature 1: not a whole number", block => block.Dense.Values = Valid.Bytes(1.0, 1e300, 3, 1, 5, 0) },
        { "rows.dense.missing", "2 bytes where 1", block => block.Dense.Missing = ByteString.CopyFrom(0, 0) },
        { "rows.dense.missing", "unused bits", block => block.Dense.Missing = ByteString.CopyFrom(0b0100_0000) },
    };

    public static TheoryData<string, string, Action<RowBlock>> Sparse { get; } = new()
    {
        { "rows.features", "must be sparse", block => block.Dense = new DenseFeatures() },
        { "rows.sparse.entry_counts", "8 bytes where 12", block => block.Sparse.EntryCounts = Valid.Bytes(3, 3) },
        { "rows.sparse.columns", "24 bytes where 20", block => block.Sparse.EntryCounts = Valid.Bytes(2, 2, 1) },
        { "rows.sparse.columns", "24 bytes where", block => block.Sparse.EntryCounts = Valid.Bytes(uint.MaxValue, uint.MaxValue, uint.MaxValue) },
        // The sum is 6 again once it has gone past 2^32.
        { "rows.sparse.columns", "24 bytes where", block => block.Sparse.EntryCounts = Valid.Bytes(uint.MaxValue, 5u, 2u) },
        { "rows.sparse.columns", "row 1: column 2 does not exist", block => block.Sparse.Columns = Valid.Bytes(0, 1, 0, 2, 0, 1) },
        { "rows.sparse.columns", "row 1: column 4294967295 does not exist", block => block.Sparse.Columns = Valid.Bytes(0, 1, 0, -1, 0, 1) },
        { "rows.sparse.columns", "row 2: column 0 after 1", block => block.Sparse.Columns = Valid.Bytes(0, 1, 0, 1, 1, 0) },
        { "rows.sparse.columns", "row 0: column 1 after 1", block => block.Sparse.Columns = Valid.Bytes(1, 1, 0, 1, 0, 1) },
        { "rows.sparse.columns", "23 bytes where 24", block => block.Sparse.Columns = ByteString.CopyFrom(new byte[23]) },
        { "rows.sparse.values", "40 bytes where 48", block => block.Sparse.Values = Valid.Bytes(1.0, 2, 3, 1, 5) },
        { "rows.sparse.values", "row 2, feature 0: not a finite", block => block.Sparse.Values = Valid.Bytes(1, 2, 3, 1, double.NegativeInfinity, 0) },
        { "rows.sparse.values", "row 0, feature 1: not a whole number from 0 to 2", block => block.Sparse.Values = Valid.Bytes(1, 2.5, 3, 1, 5, 0) },
        { "rows.sparse.missing", "unused bits", block => block.Sparse.Missing = ByteString.CopyFrom(0x80) },
        { "rows.sparse.entry_counts", "7 entries where the header leaves 6", block => block.Sparse = new SparseFeatures
            {
                EntryCounts = Valid.Bytes(2, 2, 3),
                Columns = Valid.Bytes(0, 1, 0, 1, 0, 1, 2),
                Values = Valid.Bytes<double>(0, 0, 0, 0, 0, 0, 0),
            } },
    };

    public static TheoryData<string, string, Action<RowBlock>> Weighted { get; } = new()
    {
        { "rows.weights", "0 bytes where 24", block => block.Weights = ByteString.Empty },
        { "rows.weights", "row 1: not a finite number of 0 or more", block => block.Weights = Valid.Bytes(1.0, -1, 1) },
        { "rows.weights", "row 2: not a finite number of 0 or more", block => block.Weights = Valid.Bytes(1, 0, double.NaN) },
        { "rows.weights", "row 0: not a finite number of 0 or more", block => block.Weights = Valid.Bytes(double.PositiveInfinity, 0, 1) },
    };

    [Theory]
    [MemberData(nameof(Dense))]
    public void Add_OneThingWrongInADenseBlock_NamesTheFieldAndTheReason(string field, string reason, Action<RowBlock> damage) =>
        Check(sparse: false, weights: false, field, reason, damage);

    [Theory]
    [MemberData(nameof(Sparse))]
    public void Add_OneThingWrongInASparseBlock_NamesTheFieldAndTheReason(string field, string reason, Action<RowBlock> damage) =>
        Check(sparse: true, weights: false, field, reason, damage);

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Add_OneThingWrongInTheWeights_NamesTheFieldAndTheReason(string field, string reason, Action<RowBlock> damage) =>
        Check(sparse: false, weights: true, field, reason, damage);

    [Fact]
    public void Add_SecondBlock_CountsRowsOfTheWholeStream()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: false);
        header.RowCount = 6;
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: false);
        assembler.Add(block);
        RowBlock second = block.Clone();
        second.Dense.Values = Valid.Bytes(1, 2, double.NaN, 1, 5, 0);
        Refused.At("rows.dense.values", "row 4, feature 0", () => assembler.Add(second));
    }

    [Fact]
    public void Complete_RowsMissing_IsRefused()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: false);
        header.RowCount = 4;
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: true);
        assembler.Add(block);
        Refused.At("header.row_count", "4 rows announced, 3 came", () => assembler.Complete());
    }

    [Fact]
    public void Complete_EntriesMissing_IsRefused()
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: true);
        (header.RowCount, header.EntryCount) = (3, 6);
        block.Sparse.EntryCounts = Valid.Bytes(2, 2, 1);
        block.Sparse.Columns = ByteString.CopyFrom(block.Sparse.Columns.Span[..20]);
        block.Sparse.Values = ByteString.CopyFrom(block.Sparse.Values.Span[..40]);
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: true);
        assembler.Add(block);
        Refused.At("header.entry_count", "6 entries announced, 5 came", () => assembler.Complete());
    }

    /// <summary>What stands in a missing value's place is ignored, were it no number at all.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(17.5)]
    public void Add_AnythingInAMissingPlace_IsMissing(double filler)
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse: false);
        block.Dense.Values = Valid.Bytes(1, filler, 3, 1, filler, 0);
        block.Dense.Missing = ByteString.CopyFrom(0b01_0010);
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: true);
        assembler.Add(block);
        string digest = assembler.Complete();
        Assert.Equal([1, double.NaN, 3, 1, double.NaN, 0], Enumerable.Range(0, 3).SelectMany(row => assembler.Dataset.Features.RowValues(row).ToArray()));
        Assert.Equal(LiteralDigest.Of(assembler.Dataset), digest);
    }

    private static void Check(bool sparse, bool weights, string field, string reason, Action<RowBlock> damage)
    {
        (DatasetHeader header, RowBlock block) = Valid.Messages(sparse, weights);
        using (var good = new DatasetAssembler(header, DatasetLimits.None, keepRows: false))
        {
            good.Add(block.Clone());
            good.Complete();
        }

        damage(block);
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: true);
        Refused.At(field, reason, () => assembler.Add(block));
    }
}
