using AemloBridge.Data;
using AemloBridge.Resampling.Bags;
using AemloBridge.Resampling.Rows;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>The original rows and, after them, the new ones in the order of their creation.</summary>
internal sealed class CurrentRows
{
    private readonly MultiLabelDataset _data;
    private readonly LabelMatrix _labels;
    private readonly RowMaker _rowMaker;
    private readonly List<AddedRows> _added = [];
    private readonly List<int>[] _newPositives;

    /// <summary>Original rows alone.</summary>
    /// <param name="data">The features of the original rows.</param>
    /// <param name="labels">Their labels, after noise clearing.</param>
    public CurrentRows(MultiLabelDataset data, LabelMatrix labels)
    {
        _data = data;
        _labels = labels;
        _rowMaker = new RowMaker(data);
        Count = data.RowCount;
        Positives = labels.PositiveCounts();
        _newPositives = [.. Positives.Select(_ => new List<int>())];
    }

    /// <summary>The most new rows that are kept together; bounds what is computed for them at once.</summary>
    public int MostTogether { get; init; } = 2048;

    /// <summary>How many rows there are, original and new.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them have each label.</summary>
    public int[] Positives { get; }

    /// <summary>The labels of the original rows.</summary>
    public LabelMatrix OriginalLabels => _labels;

    /// <summary>The new rows with a label, ascending.</summary>
    public IReadOnlyList<int> NewPositives(int label) => _newPositives[label];

    /// <summary>Where the features of a row are.</summary>
    public (FeatureMatrix Matrix, int Place) Find(int row)
    {
        if (row < _data.RowCount)
            return (_data.Features, row);
        int low = 0;
        for (int high = _added.Count - 1; low < high;)
        {
            int middle = (low + high + 1) / 2;
            if (_added[middle].First <= row)
                low = middle;
            else
                high = middle - 1;
        }

        return (_added[low].Features, row - _added[low].First);
    }

    /// <summary>Makes new rows.</summary>
    /// <param name="drawn">What was drawn for them.</param>
    /// <returns>The rows, in blocks.</returns>
    public IReadOnlyList<AddedRows> Append(IReadOnlyList<DrawnRow> drawn)
    {
        int known = _added.Count;
        foreach (DrawnRow[] block in drawn.Chunk(MostTogether))
        {
            var features = new FeatureMatrixBuilder(_data.Features.ColumnCount, _data.Features.IsSparse);
            foreach (DrawnRow row in block)
                _rowMaker.Append(features, row.Seed, row.Reference, () => row.Step);
            _added.Add(new AddedRows(Count, block, features.Build(), _labels));
            foreach (DrawnRow row in block)
            {
                foreach (int label in RowLabels.Of(_labels, row.Seed))
                {
                    Positives[label]++;
                    _newPositives[label].Add(Count);
                }

                Count = checked(Count + 1);
            }
        }

        return _added[known..];
    }

    /// <summary>All new rows, each with its seed's weight.</summary>
    public SyntheticRows NewRows()
    {
        DrawnRow[] drawn = [.. _added.SelectMany(rows => rows.Drawn)];
        int[] seeds = [.. drawn.Select(row => row.Seed)];
        var features = new FeatureMatrixBuilder(_data.Features.ColumnCount, _data.Features.IsSparse);
        foreach (AddedRows rows in _added)
        {
            for (int row = 0; row < rows.Count; row++)
                features.AddRowOf(rows.Features, row);
        }

        return Rows.NewRows.Of(_data, features.Build(), _labels.SelectRows(seeds), seeds, [.. drawn.Select(row => row.Reference)]);
    }
}
