using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// Compares new rows with the rows whose surroundings matter. Distances are estimated for all pairs of a block of rows and
/// the new rows, and measured where the estimates' error bound leaves it open whether they matter. Each row's entries are
/// worked on by one thread in the order of the new rows, so that threads and blocks change nothing.
/// </summary>
/// <param name="space">The metric.</param>
/// <param name="rows">The current rows.</param>
/// <param name="neighbours">Knows the original rows with a label.</param>
/// <param name="threads">CPU threads; 0 for one per processor.</param>
internal sealed class BorderWatch(DistanceSpace space, CurrentRows rows, ClassNeighbours neighbours, int threads)
{
    private readonly SortedDictionary<int, WatchedRow> _watched = [];
    private readonly int _threads = threads == 0 ? Environment.ProcessorCount : threads;

    /// <summary>The most rows whose features are copied beside the new ones at once.</summary>
    public int Block { get; init; } = 4096;

    /// <summary>Adds an entry of a row.</summary>
    public void Add(BorderEntry entry)
    {
        if (!_watched.TryGetValue(entry.Row, out WatchedRow? row))
            _watched.Add(entry.Row, row = new WatchedRow(entry.Row, rows.OriginalLabels.LabelCount));
        row.Add(entry);
    }

    /// <summary>Takes new rows into the entries of all watched rows.</summary>
    public void Include(AddedRows added, CancellationToken cancellationToken)
    {
        foreach (WatchedRow[] block in _watched.Values.Chunk(Block))
            Include(added, block, cancellationToken);
    }

    /// <summary>Entries for new rows that have a label: the distances to the nearest others that have it, by comparing with all of them.</summary>
    /// <param name="newRows">The rows.</param>
    /// <param name="label">The label.</param>
    /// <param name="count">kw.</param>
    /// <param name="cancellationToken">Honoured row by row.</param>
    public BorderEntry[] Follow(int[] newRows, int label, int count, CancellationToken cancellationToken)
    {
        var entries = new BorderEntry[newRows.Length];
        Parallel.For(0, newRows.Length, Parallelism(cancellationToken), at =>
        {
            (FeatureMatrix matrix, int place) = rows.Find(newRows[at]);
            var same = new NearestDistances(count);
            foreach (int other in neighbours.Positives(label).Concat(rows.NewPositives(label)))
            {
                if (other == newRows[at])
                    continue;
                (FeatureMatrix otherMatrix, int otherPlace) = rows.Find(other);
                same.Add(space.SquaredDistance(matrix, place, otherMatrix, otherPlace));
            }

            entries[at] = new BorderEntry(newRows[at], label, true, same, new NearestDistances(0), -1);
        });
        foreach (BorderEntry entry in entries)
            Add(entry);
        return entries;
    }

    private void Include(AddedRows added, WatchedRow[] block, CancellationToken cancellationToken)
    {
        FeatureMatrix matrix = Beside(added, block);
        using IDistanceEstimator estimator = EstimatorChoice.Make(space, matrix, [.. Enumerable.Range(0, added.Count)], null, null, _threads, cancellationToken);
        int[] places = [.. Enumerable.Range(added.Count, block.Length)];
        int step = Math.Min(block.Length, estimator.BestBlock);
        step = (int)Math.Clamp(NeighbourSearchOptions.DefaultBlockBytes / sizeof(float) / estimator.Stride, 1, step);
        var estimates = new float[step * estimator.Stride];
        var bases = new EstimateBase[step];
        for (int start = 0; start < block.Length; start += step)
        {
            int count = Math.Min(step, block.Length - start);
            estimator.Estimate(places.AsMemory(start, count), bases, estimates);
            Parallel.For(0, count, Parallelism(cancellationToken), at => block[start + at].Include(
                added, space, matrix, places[start + at], estimates.AsSpan(at * estimator.Stride, added.Count), bases[at]));
        }
    }

    private FeatureMatrix Beside(AddedRows added, WatchedRow[] block)
    {
        var builder = new FeatureMatrixBuilder(added.Features.ColumnCount, added.Features.IsSparse);
        for (int row = 0; row < added.Count; row++)
            builder.AddRowOf(added.Features, row);
        foreach (WatchedRow watched in block)
        {
            (FeatureMatrix features, int place) = rows.Find(watched.Row);
            builder.AddRowOf(features, place);
        }

        return builder.Build();
    }

    private ParallelOptions Parallelism(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
}
