using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>A search among the rows that have a label, or among those that do not.</summary>
/// <param name="Row">The row whose neighbours are wanted; it is never among them.</param>
/// <param name="Label">The label.</param>
/// <param name="Positive">Whether neighbours have the label.</param>
/// <param name="Count">How many are wanted; fewer come back where there are fewer.</param>
internal readonly record struct ClassQuery(int Row, int Label, bool Positive, int Count);

/// <summary>
/// Answers searches for original rows with or without a label. Most rows lack most labels, so the nearest ones without a
/// label are looked for among the nearest of all, and only where these do not suffice among all that lack it: neither
/// n · q indices nor a search per label are needed.
/// </summary>
internal sealed class ClassNeighbours
{
    /// <summary>How many neighbours of all rows are kept beyond twice those that may be asked for.</summary>
    private const int Margin = 16;

    private readonly NeighbourSearch _search;
    private readonly LabelMatrix _labels;
    private readonly Neighbour[][] _nearest;
    private readonly int[][] _positives;

    private ClassNeighbours(NeighbourSearch search, LabelMatrix labels, Neighbour[][] nearest)
    {
        _search = search;
        _labels = labels;
        _nearest = nearest;
        _positives = Array.ConvertAll(LabelBags.Of(labels), bag => bag.ToArray());
    }

    /// <summary>The nearest rows of every row, whatever their labels; at least as many as were said to be wanted.</summary>
    public Neighbour[][] OfAll => _nearest;

    /// <summary>Searches the neighbours of every row.</summary>
    /// <param name="search">Over the original rows.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="count">The most neighbours that will be asked for.</param>
    /// <param name="cancellationToken">Honoured block by block.</param>
    public static ClassNeighbours Find(NeighbourSearch search, LabelMatrix labels, int count, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, labels.RowCount)];
        int kept = (int)Math.Min(2L * count + Margin, rows.Length);
        return new ClassNeighbours(search, labels, search.Find(rows, null, kept, cancellationToken));
    }

    /// <summary>The same rows with other labels.</summary>
    public ClassNeighbours With(LabelMatrix labels) => new(_search, labels, _nearest);

    /// <summary>The rows that have a label, ascending.</summary>
    public int[] Positives(int label) => _positives[label];

    /// <summary>Answers searches, nearest neighbours first.</summary>
    public Neighbour[][] Find(IReadOnlyList<ClassQuery> queries, CancellationToken cancellationToken)
    {
        var found = new Neighbour[queries.Count][];
        var open = new List<int>();
        for (int index = 0; index < found.Length; index++)
        {
            if (queries[index].Positive || !TryAmongNearest(queries[index], out found[index]))
                open.Add(index);
        }

        Dictionary<int, int[]> negatives = open.Where(index => !queries[index].Positive).Select(index => queries[index].Label).Distinct()
            .ToDictionary(label => label, Negatives);
        Neighbour[][] answers = _search.Find([.. open.Select(index => Query(queries[index]))], cancellationToken);
        for (int at = 0; at < open.Count; at++)
            found[open[at]] = answers[at];
        return found;

        NeighbourQuery Query(ClassQuery query) =>
            new(query.Row, query.Positive ? Positives(query.Label) : negatives[query.Label], query.Count);
    }

    private bool TryAmongNearest(ClassQuery query, out Neighbour[] found)
    {
        Neighbour[] nearest = _nearest[query.Row];
        found = [.. nearest.Where(neighbour => !_labels[neighbour.Row, query.Label]).Take(query.Count)];
        return found.Length == query.Count || nearest.Length == _labels.RowCount - 1;
    }

    private int[] Negatives(int label) => [.. Enumerable.Range(0, _labels.RowCount).Where(row => !_labels[row, label])];
}
