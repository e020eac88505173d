using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>
/// Takes a header and then blocks of rows from a sender that is not trusted, checks everything that the contracts state,
/// and computes the digest. Memory grows with what has come, never with what a header claims; without rows to keep it is
/// that of one block.
/// </summary>
public sealed class DatasetAssembler : IDisposable
{
    private const int NameLength = 200;

    private readonly V1.DatasetHeader _header;
    private readonly DatasetLimits _limits;
    private readonly BlockLayout _layout;
    private readonly BlockReader _block;
    private readonly RowCollector? _rows;
    private readonly DigestWriter _digest;
    private string? _completed;
    private MultiLabelDataset? _dataset;

    /// <summary>Checks the header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="limits">What is taken at most.</param>
    /// <param name="keepRows">False only checks and hashes.</param>
    /// <exception cref="ContractException">The header breaks a rule; the path begins with <c>header</c>.</exception>
    /// <exception cref="DatasetTooLargeException">It announces more than the limits allow.</exception>
    public DatasetAssembler(V1.DatasetHeader header, DatasetLimits limits, bool keepRows)
    {
        _header = header;
        _limits = limits;
        Bytes = header.CalculateSize();
        DatasetLimits.Require("bytes", Bytes, limits.MaxBytes);
        DatasetLimits.Require("rows", header.RowCount, limits.MaxRows);
        if (header.Name.Length > NameLength)
            throw new ContractException("header.name", FormattableString.Invariant($"{header.Name.Length} characters; at most {NameLength} are allowed"));
        if (header.Digest.Length != 0 && !DatasetDigest.IsDigest(header.Digest))
            throw new ContractException("header.digest", "is not a digest: 64 lower-case hexadecimal digits, or empty");
        if (header.Schema is null)
            throw new ContractException("header.schema", "is not set; it must say what the columns are");
        Schema = SchemaContract.FromMessage(header.Schema, limits);
        _layout = BlockLayout.Of(Schema, header.Layout, header.ValueType, header.HasWeights, "header");
        if (!_layout.Sparse && header.EntryCount != 0)
            throw new ContractException("header.entry_count", "must be 0 for FEATURE_LAYOUT_DENSE");
        if (_layout.Sparse && header.EntryCount > (decimal)header.RowCount * Schema.FeatureCount)
            throw new ContractException("header.entry_count", "is more than row_count x d");
        _layout.RequireHoldable(header.RowCount, header.EntryCount);
        DatasetLimits.Require("bytes of rows", LeastBytes(), limits.MaxBytes);
        _block = new BlockReader(_layout, "rows");
        _rows = keepRows ? new RowCollector(_layout) : null;
        _digest = new DigestWriter(Schema, _layout.Sparse, _layout.Weights, header.RowCount);
    }

    /// <summary>The columns.</summary>
    public DatasetSchema Schema { get; }

    /// <summary>Rows that have come.</summary>
    public long Rows { get; private set; }

    /// <summary>Feature values that have come: explicit entries when sparse, rows x d when dense.</summary>
    public long Entries { get; private set; }

    /// <summary>Bytes of the messages that have come, the header's included.</summary>
    public long Bytes { get; private set; }

    /// <summary>The data set; only after <see cref="Complete"/>, and only where rows are kept.</summary>
    /// <exception cref="InvalidOperationException">It is not complete, or its rows were not kept.</exception>
    public MultiLabelDataset Dataset => _dataset ?? throw new InvalidOperationException("there is a data set only after Complete, and only where rows are kept");

    /// <summary>Checks a block, and keeps or only hashes its rows.</summary>
    /// <param name="block">The next block.</param>
    /// <exception cref="ContractException">It breaks a rule; the path begins with <c>rows</c>. The assembler is of no use afterwards.</exception>
    /// <exception cref="DatasetTooLargeException">The bytes are more than the limit.</exception>
    public void Add(V1.RowBlock block)
    {
        if (_completed is not null)
            throw new InvalidOperationException("the data set is complete");
        Bytes += block.CalculateSize();
        DatasetLimits.Require("bytes", Bytes, _limits.MaxBytes);
        _block.Read(block, Rows, _header.RowCount - (ulong)Rows, _layout.Sparse ? _header.EntryCount - (ulong)Entries : null);
        _rows?.Add(_block);
        Hash();
        Rows += _block.Rows;
        Entries += _block.Values.Length;
    }

    /// <summary>Checks that everything announced has come.</summary>
    /// <returns>The digest.</returns>
    /// <exception cref="ContractException">Rows or entries are missing.</exception>
    public string Complete()
    {
        if (_completed is not null)
            return _completed;
        if ((ulong)Rows != _header.RowCount)
            throw new ContractException("header.row_count", FormattableString.Invariant($"{_header.RowCount} rows announced, {Rows} came"));
        if (_layout.Sparse && (ulong)Entries != _header.EntryCount)
            throw new ContractException("header.entry_count", FormattableString.Invariant($"{_header.EntryCount} entries announced, {Entries} came"));
        if (_rows is not null)
            _dataset = new MultiLabelDataset(Schema, _rows.Features(), _rows.Labels(), _rows.Weights());
        return _completed = _digest.Complete();
    }

    /// <summary>Frees the hash.</summary>
    public void Dispose() => _digest.Dispose();

    // What so many rows and entries take without any overhead.
    private decimal LeastBytes()
    {
        decimal row = _layout.LabelBytes + (_layout.Weights ? sizeof(double) : 0);
        return _layout.Sparse
            ? _header.RowCount * (row + sizeof(int)) + _header.EntryCount * (decimal)(sizeof(int) + _layout.ValueBytes)
            : _header.RowCount * (row + (decimal)_layout.ValueBytes * Schema.FeatureCount);
    }

    private void Hash()
    {
        ReadOnlySpan<double> values = _block.Values;
        ReadOnlySpan<byte> labels = _block.Labels;
        ReadOnlySpan<double> weights = _block.Weights;
        ReadOnlySpan<int> counts = _layout.Sparse ? _block.Counts : [];
        ReadOnlySpan<int> columns = _layout.Sparse ? _block.Columns : [];
        int labelBytes = _layout.LabelBytes;
        int start = 0;
        for (int row = 0; row < _block.Rows; row++)
        {
            int count = _layout.Sparse ? counts[row] : Schema.FeatureCount;
            if (_layout.Sparse)
                _digest.Columns(columns.Slice(start, count));
            _digest.Values(values.Slice(start, count));
            _digest.Labels(labels.Slice(row * labelBytes, labelBytes));
            if (_layout.Weights)
                _digest.Weight(weights[row]);
            start += count;
        }
    }
}
