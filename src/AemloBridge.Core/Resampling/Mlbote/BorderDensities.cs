using AemloBridge.Neighbours;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>
/// Measures the densities of the borders on the current rows (section Weights of the specification). The neighbours of
/// every border row are searched once; afterwards each new row is compared with the border rows alone, which gives the
/// same numbers as a search among all rows anew.
/// </summary>
internal sealed class BorderDensities
{
    /// <summary>Ratios end here, so that no sum of them overflows.</summary>
    private const double LargestRatio = 1e100;

    private readonly CurrentRows _rows;
    private readonly LabelRoles _roles;
    private readonly MlboteOptions _options;
    private readonly BorderWatch _watch;
    private readonly BorderOf[] _borders;

    private BorderDensities(CurrentRows rows, LabelRoles roles, MlboteOptions options, BorderWatch watch, BorderOf[] borders)
    {
        _rows = rows;
        _roles = roles;
        _options = options;
        _watch = watch;
        _borders = borders;
    }

    /// <summary>Starts with the original rows.</summary>
    /// <param name="rows">The original rows.</param>
    /// <param name="roles">What the labels are.</param>
    /// <param name="borders">The borders of the active labels.</param>
    /// <param name="neighbours">Searches among the original rows.</param>
    /// <param name="watch">Follows new rows.</param>
    /// <param name="options">Numbers of neighbours.</param>
    /// <param name="cancellationToken">Honoured block by block.</param>
    public static BorderDensities Start(CurrentRows rows, LabelRoles roles, Border[] borders, ClassNeighbours neighbours, BorderWatch watch, MlboteOptions options, CancellationToken cancellationToken)
    {
        ClassQuery[] queries =
        [
            .. borders.SelectMany(border => border.Positives.Select(row => new ClassQuery(row, border.Label, true, options.Neighbours))),
            .. borders.SelectMany(border => border.Positives.Select(row => new ClassQuery(row, border.Label, false, options.BorderNeighbours))),
            .. borders.SelectMany(border => border.Negatives.Select(row => new ClassQuery(row, border.Label, false, options.Neighbours))),
        ];
        Neighbour[][] found = neighbours.Find(queries, cancellationToken);
        int same = 0;
        int other = borders.Sum(border => border.Positives.Length);
        int negative = 2 * other;
        var made = new BorderOf[borders.Length];
        for (int at = 0; at < made.Length; at++)
        {
            Border border = borders[at];
            BorderEntry[] positives = [.. border.Positives.Select(row => Entry(row, border.Label, true, found[same++], found[other++]))];
            BorderEntry[] negatives = [.. border.Negatives.Select((row, place) => Entry(row, border.Label, false, found[negative++], border.NearNegatives[place]))];
            made[at] = new BorderOf(border.Label, positives, negatives, positives.ToDictionary(entry => entry.Row));
        }

        return new BorderDensities(rows, roles, options, watch, made);

        BorderEntry Entry(int row, int label, bool positive, Neighbour[] ofSame, Neighbour[] ofOther)
        {
            var entry = new BorderEntry(row, label, positive, new NearestDistances(options.Neighbours, ofSame), new NearestDistances(options.BorderNeighbours, ofOther), ofOther[0].Row);
            watch.Add(entry);
            return entry;
        }
    }

    /// <summary>The densities now.</summary>
    /// <param name="originalCount">n.</param>
    /// <param name="cancellationToken">Honoured row by row.</param>
    public Densities Measure(int originalCount, CancellationToken cancellationToken)
    {
        FollowNearestPositives(cancellationToken);
        var self = new double[originalCount];
        var negative = new double[originalCount];
        var ratio = new double[originalCount];
        Array.Fill(ratio, double.PositiveInfinity);
        foreach (BorderOf border in _borders)
        {
            if (_roles.IsTarget[border.Label])
                AddPositives(border, self);
            AddNegatives(border, negative, ratio);
        }

        double sum = self.Sum();
        for (int row = 0; row < originalCount; row++)
        {
            if (sum > 0)
                self[row] /= sum;
            if (double.IsPositiveInfinity(ratio[row]))
                ratio[row] = 0;
        }

        return new Densities(self, negative, ratio);
    }

    private static double PositiveOrInfinite(double mean) => mean == 0 ? double.PositiveInfinity : mean;

    private static double MeanOrTouching(NearestDistances distances) => distances.StartsAtZero ? 0 : distances.Mean();

    private void AddPositives(BorderOf border, double[] self)
    {
        var weights = new double[border.Positives.Length];
        double sum = 0;
        for (int at = 0; at < weights.Length; at++)
        {
            BorderEntry entry = border.Positives[at];
            sum += weights[at] = MeanOrTouching(entry.Same) / PositiveOrInfinite(entry.Other.Mean());
        }

        if (sum == 0)
            return;
        double frequency = _roles.Positives[border.Label] - _roles.FewestOfTargets;
        double divisor = 1 + _options.FrequencyDamping * frequency / (_roles.MostOfTargets - _roles.FewestOfTargets + 0.1);
        for (int at = 0; at < weights.Length; at++)
        {
            ref double best = ref self[border.Positives[at].Row];
            best = Math.Max(best, weights[at] / sum / divisor);
        }
    }

    private void AddNegatives(BorderOf border, double[] negative, double[] ratio)
    {
        // At the start one positive fewer than there are, as the authors' code has it.
        int counted = _rows.Positives[border.Label] - 1;
        foreach (BorderEntry entry in border.Negatives)
        {
            double own = MeanOrTouching(entry.Same);
            negative[entry.Row] = Math.Max(negative[entry.Row], own / PositiveOrInfinite(entry.Other.Mean(counted)));
            double quotient = own / PositiveOrInfinite(border.Followed[entry.NearestOther].Same.Mean());
            ratio[entry.Row] = Math.Min(ratio[entry.Row], Math.Min(quotient * quotient, LargestRatio));
        }
    }

    /// <summary>A new row that has become the nearest positive one of a border row is followed from then on.</summary>
    private void FollowNearestPositives(CancellationToken cancellationToken)
    {
        foreach (BorderOf border in _borders)
        {
            int[] unknown = [.. border.Negatives.Select(entry => entry.NearestOther).Where(row => !border.Followed.ContainsKey(row)).Distinct().Order()];
            foreach (BorderEntry entry in _watch.Follow(unknown, border.Label, _options.Neighbours, cancellationToken))
                border.Followed.Add(entry.Row, entry);
        }
    }

    /// <summary>The entries of one border, rows ascending, and those of every positive row that is or was some border row's nearest.</summary>
    private sealed record BorderOf(int Label, BorderEntry[] Positives, BorderEntry[] Negatives, Dictionary<int, BorderEntry> Followed);
}
