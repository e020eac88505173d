using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Bags;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>One run: the order of the stages (section Main of the specification).</summary>
internal sealed class MlboteRun
{
    /// <summary>No seed is to give more self-borderline rows than this on average.</summary>
    private const double MostPerSeed = 10;

    private readonly MlboteOptions _options;
    private readonly LabelRoles _roles;
    private readonly CurrentRows _rows;
    private readonly BorderWatch _watch;
    private readonly BorderDensities _borders;
    private readonly SeedDraw _draw;
    private readonly int _originalCount;
    private Densities _densities;

    /// <summary>Prepares a run.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="labels">Their labels, after noise clearing.</param>
    /// <param name="space">The metric.</param>
    /// <param name="search">Over the given rows.</param>
    /// <param name="neighbours">Searches with these labels.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The source of random numbers.</param>
    /// <param name="cancellationToken">Honoured block by block.</param>
    public MlboteRun(MultiLabelDataset data, LabelMatrix labels, DistanceSpace space, NeighbourSearch search, ClassNeighbours neighbours, MlboteOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        _options = options;
        _originalCount = data.RowCount;
        _roles = LabelRoles.Of(labels, options.ImbalanceThreshold);
        _rows = new CurrentRows(data, labels);
        _draw = new SeedDraw(References(labels, search, options.Neighbours, cancellationToken), options.StepSize, random);
        _watch = new BorderWatch(space, _rows, neighbours, options.Threads);
        Border[] borders = Border.Find(_roles.Active, neighbours, options.BorderNeighbours, cancellationToken);
        _borders = BorderDensities.Start(_rows, _roles, borders, neighbours, _watch, options, cancellationToken);
        _densities = _borders.Measure(_originalCount, cancellationToken);
    }

    /// <summary>What the stages were asked for and made.</summary>
    public StageCount[] Stages { get; private set; } = [];

    /// <summary>Makes the new rows.</summary>
    public SyntheticRows MakeRows(CancellationToken cancellationToken)
    {
        var self = new StageCount("self-borderline");
        var cross = new StageCount("cross-borderline");
        double total = Math.Min(_options.SelfRatio * _roles.MeanImbalance, MostPerSeed) * _densities.Self.Count(weight => weight > 0);
        double threshold = _options.CrossThreshold;
        for (int loop = 1; loop <= _options.Loops; loop++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Make(self, _densities.Self, SelfCount(total, loop), cancellationToken);
            if (!_options.Cross)
                continue;
            double[] weights = CrossThreshold.Weights(_densities.Ratio, threshold);
            int made = Make(cross, weights, CrossThreshold.Count(weights), cancellationToken);
            if (_options.AdaptThreshold)
                threshold = CrossThreshold.Adapt(threshold, made, _densities.Ratio, _options.AdaptRatio);
        }

        Stages = [self, cross];
        if (_options.Interior)
            Stages = [.. Stages, Interior.Append(_rows, _roles, _densities, _draw, _options.DisjunctRatio, cancellationToken)];
        return _rows.NewRows();
    }

    private static int[][] References(LabelMatrix labels, NeighbourSearch search, int count, CancellationToken cancellationToken)
    {
        var queries = new NeighbourQuery[labels.RowCount];
        foreach (int[] zone in LabelSets.Of(labels).Select(zone => zone.ToArray()))
        {
            foreach (int row in zone)
                queries[row] = new NeighbourQuery(row, zone, count);
        }

        return Array.ConvertAll(search.Find(queries, cancellationToken), found => Array.ConvertAll(found, neighbour => neighbour.Row));
    }

    private int SelfCount(double total, int loop)
    {
        int loops = _options.Loops;
        return _options.SpreadRemainder
            ? (int)(Math.Round(total * loop / loops) - Math.Round(total * (loop - 1) / loops))
            : (int)Math.Round(total / loops);
    }

    private int Make(StageCount stage, double[] weights, int count, CancellationToken cancellationToken)
    {
        List<DrawnRow> drawn = _draw.Draw(weights, count);
        stage.Add(count, drawn.Count);
        if (drawn.Count == 0)
            return 0;
        foreach (AddedRows added in _rows.Append(drawn))
            _watch.Include(added, cancellationToken);
        _densities = _borders.Measure(_originalCount, cancellationToken);
        return drawn.Count;
    }
}
