using AemloBridge.Data;
using AemloBridge.Randomness;
using AemloBridge.Tests.Neighbours;
using AemloBridge.Tests.Resampling.Rows;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling.Mlsol;

/// <summary>MLSOL from its specification: a cell at a time, every sum written out.</summary>
internal sealed class LiteralMlsol
{
    private const int Majority = 0, Safe = 1, Borderline = 2, Rare = 3, Outlier = 4;
    private const double Epsilon = 1e-5;

    private readonly MultiLabelDataset _data;
    private readonly LiteralNeighbours _distances;
    private readonly int[][] _neighbours;

    // Null where the entry has the more frequent value of its label.
    private readonly double?[,] _c;
    private readonly int[,] _types;

    public LiteralMlsol(MultiLabelDataset data, int k)
    {
        _data = data;
        _distances = new LiteralNeighbours(data);
        _neighbours = [.. Literal.AllRows(data).Select(row => _distances.Nearest(data.Features, row, Literal.AllRows(data), k).Select(found => found.Row).ToArray())];
        _c = new double?[data.RowCount, data.Schema.LabelCount];
        _types = new int[data.RowCount, data.Schema.LabelCount];
        Measure();
        Classify();
    }

    public string Types(int row) => string.Concat(Enumerable.Range(0, _data.Schema.LabelCount).Select(label => "MSBRO"[_types[row, label]]));

    public double[] Weights()
    {
        var weights = new double[_data.RowCount];
        for (int label = 0; label < _data.Schema.LabelCount; label++)
        {
            double sum = 0;
            for (int row = 0; row < _data.RowCount; row++)
                sum += _c[row, label] is { } c and < 1 ? c : 0;
            for (int row = 0; row < _data.RowCount && sum > 0; row++)
                weights[row] += _c[row, label] is { } c and < 1 ? c / sum : 0;
        }

        return weights;
    }

    public LiteralRows Make(int wanted, SeededRandom random)
    {
        var made = new LiteralRows();
        double[] weights = Weights();
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        for (int at = 0; at < wanted && total > 0; at++)
        {
            double target = random.NextDouble() * total;
            int seed = 0;
            for (double sum = weights[0]; sum <= target; sum += weights[seed])
                seed++;
            int reference = _neighbours[seed][random.NextInt(_neighbours[seed].Length)];
            double[] cells = [.. Enumerable.Range(0, _data.Schema.FeatureCount).Select(column => _data.Schema.Features[column].IsNominal
                ? LiteralRow.Either(_data, column, seed, reference, random.NextDouble)
                : LiteralRow.Number(_data, column, seed, reference, random.NextDouble))];
            made.Seeds.Add(seed);
            made.References.Add(reference);
            made.Features.Add(cells);
            made.Labels.Add(LabelsOf(cells, seed, reference));
        }

        return made;
    }

    private void Measure()
    {
        for (int label = 0; label < _data.Schema.LabelCount; label++)
        {
            int positives = Literal.Positives(_data, Literal.AllRows(_data), label);
            bool rarer = positives <= _data.RowCount - positives;
            for (int row = 0; row < _data.RowCount; row++)
            {
                if (_data.Labels[row, label] == rarer)
                    _c[row, label] = (double)_neighbours[row].Count(neighbour => _data.Labels[neighbour, label] != rarer) / _neighbours[row].Length;
            }
        }
    }

    private void Classify()
    {
        for (int row = 0; row < _data.RowCount; row++)
        {
            for (int label = 0; label < _data.Schema.LabelCount; label++)
                _types[row, label] = _c[row, label] switch { null => Majority, < 0.3 => Safe, < 0.7 => Borderline, < 1 => Rare, _ => Outlier };
        }

        bool changed;
        do
        {
            changed = false;
            for (int row = 0; row < _data.RowCount; row++)
            {
                for (int label = 0; label < _data.Schema.LabelCount; label++)
                {
                    if (_types[row, label] != Rare || !_neighbours[row].Any(neighbour => _types[neighbour, label] is Safe or Borderline))
                        continue;
                    _types[row, label] = Borderline;
                    changed = true;
                }
            }
        }
        while (changed);
    }

    private bool[] LabelsOf(double[] cells, int seed, int reference)
    {
        FeatureMatrix row = FeatureMatrix.Dense(1, cells.Length, cells);
        double toSeed = Math.Sqrt(_distances.SquaredDistance(row, 0, _data.Features, seed));
        double toReference = Math.Sqrt(_distances.SquaredDistance(row, 0, _data.Features, reference));
        var labels = new bool[_data.Schema.LabelCount];
        for (int label = 0; label < labels.Length; label++)
        {
            int s = seed;
            int r = reference;
            double cd = toSeed + toReference == 0 ? 0 : toSeed / (toSeed + toReference);
            if (_data.Labels[s, label] != _data.Labels[r, label])
            {
                if (_types[s, label] == Majority)
                {
                    (s, r) = (r, s);
                    cd = 1 - cd;
                }

                double theta = _types[s, label] switch { Safe => 0.5, Borderline => 0.75, Rare => 1 + Epsilon, _ => -Epsilon };
                s = cd <= theta ? s : r;
            }

            labels[label] = _data.Labels[s, label];
        }

        return labels;
    }
}
