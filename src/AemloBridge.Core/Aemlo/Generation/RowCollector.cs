using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo.Generation;

/// <summary>Collects decoded rows: puts their labels together, repairs hierarchies, and turns away rows without any label.</summary>
internal sealed class RowCollector
{
    private readonly AemloModel _model;
    private readonly AemloOptions _options;
    private readonly SeedPool _pool;
    private readonly bool _hasNeighbours;
    private readonly bool[] _copied;
    private readonly FeatureMatrixBuilder _features;
    private readonly List<Draw> _draws = [];
    private readonly List<LabelMatrix> _labels = [];
    private readonly double[] _row;
    private int _repaired;

    public RowCollector(AemloModel model, AemloOptions options, SeedPool pool, bool hasNeighbours)
    {
        _model = model;
        _options = options;
        _pool = pool;
        _hasNeighbours = hasNeighbours;
        _copied = options.Labels == LabelSourceKind.SeedMinority
            ? [.. model.MinorityLabels]
            : new bool[model.Schema.LabelCount];
        _features = new FeatureMatrixBuilder(model.Schema.FeatureCount, pool.Data.Features.IsSparse);
        _row = new double[model.Schema.FeatureCount];
    }

    /// <summary>Rows collected so far.</summary>
    public int Count => _draws.Count;

    /// <summary>Adds one decoded draw; false when it has no label at all.</summary>
    public bool TryAdd(RowDecoder decoder, int at, Draw draw, SeededRandom random)
    {
        var labels = new LabelMatrix(1, _model.Schema.LabelCount);
        for (int label = 0; label < _model.Schema.LabelCount; label++)
            labels[0, label] = _copied[label] ? _pool.Data.Labels[draw.Seed, label] : decoder.HasLabel(at, label);
        bool repaired = _model.Schema.HasHierarchy && HierarchyRepair.Apply(_model.Schema, labels, 0, _copied);
        if (labels.RowCardinality(0) == 0)
            return false;
        decoder.Features(at, draw, random, _row);
        _features.AddDenseRow(_row);
        _labels.Add(labels);
        _draws.Add(draw);
        _repaired += repaired ? 1 : 0;
        return true;
    }

    /// <summary>The rows, with the statistics and warnings that go with them.</summary>
    public GenerationResult Finish(int wanted, int drawn, IReadOnlyList<string> earlierWarnings)
    {
        var labels = new LabelMatrix(Count, _model.Schema.LabelCount);
        for (int row = 0; row < Count; row++)
            labels.CopyRowFrom(row, _labels[row], 0);
        var rows = new SyntheticRows(
            _features.Build(),
            labels,
            _pool.Data.Weights is { } weights ? [.. _draws.Select(draw => weights[draw.Seed])] : null,
            [.. _draws.Select(draw => _pool.Positions[draw.Seed])],
            _hasNeighbours ? [.. _draws.Select(draw => draw.Neighbour < 0 ? -1 : _pool.Positions[draw.Neighbour])] : null);
        int[] seeds = [.. _draws.Select(draw => draw.Seed)];
        GenerationStatistics statistics = GenerationStatistics.Of(rows, _pool.Data, seeds);
        return new GenerationResult(rows, wanted, drawn, _options.Seed!.Value, statistics, [.. earlierWarnings, .. Warnings(wanted, drawn, statistics)]);
    }

    private IEnumerable<string> Warnings(int wanted, int drawn, GenerationStatistics statistics)
    {
        if (Count < wanted)
        {
            yield return _options.MaxDraws == 1
                ? $"{Count} rows instead of {wanted}: the others decoded to no label at all, and with --max-draws 1 they are not drawn again"
                : $"{Count} rows instead of {wanted}: {drawn} draws decoded to too many rows without any label (--max-draws allows more)";
        }

        if (statistics.Duplicates > 0)
            yield return $"{statistics.Duplicates} of the {Count} new rows repeat an earlier one exactly";
        if (_repaired > 0)
            yield return HierarchyRepair.Sentence(_repaired);
    }
}
