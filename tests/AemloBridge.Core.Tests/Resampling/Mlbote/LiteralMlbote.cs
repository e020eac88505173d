using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Mlbote;

namespace AemloBridge.Tests.Resampling.Mlbote;

/// <summary>MLBOTE as it is specified: every distance, everything sorted anew at every measurement of the weights, one label after the other.</summary>
internal sealed class LiteralMlbote
{
    private readonly MlboteOptions _prm;
    private readonly SeededRandom _random;
    private readonly int _n;
    private readonly int _labels;
    private readonly List<bool[]> _y = [];
    private readonly int[] _c;
    private readonly List<int> _active;
    private readonly List<int> _target;
    private readonly Dictionary<int, int[]> _ref = [];
    private readonly Dictionary<int, int[]> _br = [];
    private readonly Dictionary<int, int[]> _bt = [];

    public LiteralMlbote(MultiLabelDataset data, MlboteOptions prm, SeededRandom random)
    {
        _prm = prm;
        _random = random;
        _n = data.RowCount;
        _labels = data.Schema.LabelCount;
        Rows = new LiteralSpace(data, prm.ScaleNumeric);
        for (int i = 0; i < _n; i++)
            _y.Add([.. Enumerable.Range(0, _labels).Select(j => data.Labels[i, j])]);
        ClearNoise();
        _c = [.. Enumerable.Range(0, _labels).Select(j => _y.Count(y => y[j]))];
        _active = [.. Enumerable.Range(0, _labels).Where(j => _c[j] >= 2 && _n - _c[j] >= 2)];
        double[] irLbl = [.. _c.Select(c => (double)_c.Max() / c)];
        double meanIR = irLbl.Where(double.IsFinite).DefaultIfEmpty().Average();
        _target = [.. _active.Where(j => (double)(_n - _c[j]) / _c[j] > prm.ImbalanceThreshold || irLbl[j] > meanIR)];
        for (int i = 0; i < _n; i++)
            _ref[i] = Rows.Nearest(i, All(_n).Where(g => _y[g].SequenceEqual(_y[i])), prm.Neighbours);
        foreach (int j in _active)
            FindBorders(j);
    }

    public LiteralSpace Rows { get; }

    public List<(int Row, int Label)> ClearedLabels { get; } = [];

    public List<(int Seed, int Reference, double U)> Made { get; } = [];

    public int Asked { get; private set; }

    public List<int> Active => _active;

    public List<int> Target => _target;

    public int[] BorderPositives(int j) => _bt[j];

    public int[] BorderNegatives(int j) => _br[j];

    public int[] References(int i) => _ref[i];

    public void Run()
    {
        (double[] wT, double[] wR, double[] rho) = Weights();
        double meanImR = _c.Where(c => c > 0).Select(c => (double)(_n - c) / c).DefaultIfEmpty().Average();
        double total = Math.Min(_prm.SelfRatio * meanImR, 10) * wT.Count(w => w > 0);
        double th = _prm.CrossThreshold;
        for (int l = 1; l <= _prm.Loops; l++)
        {
            int count = _prm.SpreadRemainder
                ? (int)(Math.Round(total * l / _prm.Loops, MidpointRounding.ToEven) - Math.Round(total * (l - 1) / _prm.Loops, MidpointRounding.ToEven))
                : (int)Math.Round(total / _prm.Loops, MidpointRounding.ToEven);
            if (Draw(wT, count) > 0)
                (wT, wR, rho) = Weights();
            if (!_prm.Cross)
                continue;
            int made = 0;
            List<int> cand = [.. All(_n).Where(r => rho[r] > th)];
            if (cand.Count > 0)
            {
                double m = 0;
                foreach (int r in cand)
                    m += Math.Min(rho[r] - 1, 5);
                double[] seeds = [.. All(_n).Select(r => cand.Contains(r) ? rho[r] - 1 : 0)];
                made = Draw(seeds, (int)Math.Floor(m));
                if (made > 0)
                    (wT, wR, rho) = Weights();
            }

            if (_prm.AdaptThreshold)
                th = Adapt(th, made, rho);
        }

        if (_prm.Interior)
            Interior(wT, wR);
    }

    /// <summary>Adds a row without drawing anything.</summary>
    public void Append(int seed, int reference, double u)
    {
        Made.Add((seed, reference, u));
        Rows.Add(Rows.Between(seed, reference, u));
        _y.Add(_y[seed]);
    }

    public (double[] WT, double[] WR, double[] Rho) Weights()
    {
        var wT = new double[_n];
        var wR = new double[_n];
        var rho = new double[_n];
        Array.Fill(rho, double.PositiveInfinity);
        int lo = _target.Select(j => _c[j]).DefaultIfEmpty().Min();
        int hi = _target.Select(j => _c[j]).DefaultIfEmpty().Max();
        foreach (int j in _active)
        {
            int[] p = [.. All(Rows.Count).Where(i => _y[i][j])];
            int[] r = [.. All(Rows.Count).Where(i => !_y[i][j])];
            int kT = Math.Min(_prm.Neighbours, p.Length - 1);
            int kR = Math.Min(_prm.Neighbours, r.Length - 1);
            int kRT = Math.Min(_prm.BorderNeighbours, p.Length - 1);
            int kTR = Math.Min(_prm.BorderNeighbours, r.Length);
            var ratio = new Dictionary<int, double>();
            foreach (int t in _bt[j])
            {
                double a = Rows.Distance(t, Rows.Nearest(t, p, 1)[0]) == 0 ? 0 : Mean(t, Rows.Nearest(t, p, kT));
                double tr = Mean(t, Rows.Nearest(t, r, kTR));
                ratio[t] = a / (tr == 0 ? double.PositiveInfinity : tr);
            }

            double sum = 0;
            foreach (int t in _bt[j])
                sum += ratio[t];
            if (_target.Contains(j))
            {
                foreach (int t in _bt[j])
                    wT[t] = Math.Max(wT[t], sum == 0 ? 0 : ratio[t] / sum / (1 + _prm.FrequencyDamping * (_c[j] - lo) / (hi - lo + 0.1)));
            }

            foreach (int b in _br[j])
            {
                double c = Rows.Distance(b, Rows.Nearest(b, r, 1)[0]) == 0 ? 0 : Mean(b, Rows.Nearest(b, r, kR));
                double rt = Mean(b, Rows.Nearest(b, p, kRT));
                wR[b] = Math.Max(wR[b], c / (rt == 0 ? double.PositiveInfinity : rt));
                int q = Rows.Nearest(b, p, 1)[0];
                double tt = Mean(q, Rows.Nearest(q, p, kT));
                double f = tt == 0 ? double.PositiveInfinity : tt;
                rho[b] = Math.Min(rho[b], Math.Min(c / f * (c / f), 1e100));
            }
        }

        double all = 0;
        foreach (double w in wT)
            all += w;
        return (all > 0 ? [.. wT.Select(w => w / all)] : wT, wR, [.. rho.Select(value => double.IsPositiveInfinity(value) ? 0 : value)]);
    }

    private static IEnumerable<int> All(int count) => Enumerable.Range(0, count);

    private void ClearNoise()
    {
        var cand = new HashSet<(int, int)>();
        for (int i = 0; i < _n; i++)
        {
            int[] near = Rows.Nearest(i, All(_n), _prm.NoiseNeighbours);
            cand.UnionWith(All(_labels).Where(j => _y[i][j] && !near.Any(g => _y[g][j])).Select(j => (i, j)));
        }

        for (int j = 0; j < _labels; j++)
        {
            int[] p = [.. All(_n).Where(i => _y[i][j])];
            if (p.Length <= _prm.NoiseLabelNeighbours + 1)
                continue;
            Dictionary<int, int[]> list = p.ToDictionary(i => i, i => Rows.Nearest(i, p, _prm.NoiseLabelNeighbours));
            int[] heard = [.. list.Values.SelectMany(near => near)];
            double dmax = p.Where(i => !cand.Contains((i, j)) || heard.Contains(i)).SelectMany(i => list[i].Select(q => Rows.Distance(i, q))).Max();
            ClearedLabels.AddRange(p.Where(i => cand.Contains((i, j)) && Rows.Distance(i, list[i][0]) > 1.5 * dmax).Select(i => (i, j)));
        }

        ClearedLabels.Sort();
        foreach ((int i, int j) in ClearedLabels)
            _y[i][j] = false;
    }

    private void FindBorders(int j)
    {
        int[] p = [.. All(_n).Where(i => _y[i][j])];
        int[] r = [.. All(_n).Where(i => !_y[i][j])];
        _br[j] = [.. p.SelectMany(i => Rows.Nearest(i, r, _prm.BorderNeighbours)).Distinct().Order()];
        _bt[j] = [.. _br[j].SelectMany(i => Rows.Nearest(i, p, Math.Min(_prm.BorderNeighbours, p.Length - 1))).Distinct().Order()];
    }

    private double Mean(int row, int[] others)
    {
        double sum = 0;
        foreach (int other in others)
            sum += Rows.Distance(row, other);
        return sum / others.Length;
    }

    private int Draw(double[] weights, int count)
    {
        Asked += count;
        double sum = 0;
        double[] cumulative = [.. weights.Select(weight => sum += weight)];
        if (sum == 0)
            return 0;
        int before = Made.Count;
        for (int repeat = 0; repeat < count; repeat++)
        {
            double at = _random.NextDouble() * sum;
            int s = All(_n).FirstOrDefault(i => cumulative[i] > at, Array.FindLastIndex(weights, weight => weight > 0));
            if (_ref[s].Length == 0)
                continue;
            int g = _ref[s][(int)Math.Floor(_random.NextDouble() * _ref[s].Length)];
            Append(s, g, _prm.StepSize * _random.NextDouble());
        }

        return Made.Count - before;
    }

    private double Adapt(double th, int created, double[] rho)
    {
        double rest = rho.Where(value => value > th).Sum(value => Math.Min(Math.Floor(value / th - 1), 5));
        if (created > 0)
        {
            if (rest / created > _prm.AdaptRatio)
                th += 0.1;
            else if (rest == 0 && th > 1.1)
                th -= 0.1;
        }
        else if (th > 1.1)
        {
            th -= 0.1;
        }

        return Math.Round(th, 1);
    }

    private void Interior(double[] wT, double[] wR)
    {
        int[] cnt = [.. All(_labels).Select(j => _y.Count(y => y[j]))];
        double[] i = [.. cnt.Select(count => (double)Rows.Count / count)];
        double mean = i.Where(double.IsFinite).DefaultIfEmpty().Average();
        List<int> high = [.. All(_labels).Where(j => cnt[j] > 0 && i[j] > mean * _prm.DisjunctRatio)];
        List<int> raise = [.. high.Where(j => _c[j] > 1)];
        if (raise.Count == 0 || high.Count == cnt.Count(count => count > 0))
            return;
        int goal = All(_labels).Where(j => cnt[j] > 0 && !high.Contains(j)).Min(j => cnt[j]);
        Dictionary<int, int> need = raise.ToDictionary(j => j, j => goal - cnt[j]);
        int[] inner = [.. All(_n).Where(row => wT[row] == 0 && wR[row] == 0)];
        while (raise.Any(j => need[j] > 0))
        {
            int c = raise.Where(j => need[j] > 0).OrderBy(j => need[j]).ThenBy(j => j).First();
            List<int> seeds = [.. inner.Where(row => _y[row][c])];
            if (seeds.Count == 0)
                seeds = [.. All(_n).Where(row => _y[row][c])];
            int before = Made.Count;
            Draw([.. All(_n).Select(row => seeds.Contains(row) ? 1.0 : 0.0)], need[c]);
            foreach (int j in raise)
                need[j] -= Made.Skip(before).Count(row => _y[row.Seed][j]);
            raise.Remove(c);
        }
    }
}
