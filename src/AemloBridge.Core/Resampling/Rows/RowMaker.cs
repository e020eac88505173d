using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Resampling.Rows;

/// <summary>
/// Makes the features of new rows between original ones. A number is seed + u·(reference − seed), within the range of the
/// column's given values, and a whole number where all of these are; a missing seed value stays missing, and a missing
/// reference value gives the seed's. Sparse rows are made from their parents' entries, exact zeros left out.
/// </summary>
/// <remarks>
/// The share u is asked for column by column in ascending order, and only where it decides something: where both parents
/// have a value and these differ. Dense and sparse data therefore take the same random numbers, and dense and sparse rows
/// have the same values.
/// </remarks>
internal sealed class RowMaker
{
    private readonly MultiLabelDataset _data;
    private readonly EncodedColumn[] _columns;
    private readonly RowUnion _parents;
    private readonly NominalVote _vote;
    private readonly List<int> _places = [];
    private readonly List<double> _values = [];
    private int[] _rows = [];

    /// <summary>A maker of rows like those of a data set.</summary>
    public RowMaker(MultiLabelDataset data)
    {
        _data = data;
        IReadOnlyList<DataAttribute> features = data.Schema.Features;
        ColumnStatistics[] statistics = ColumnStatistics.Collect(features, data.Features);
        _columns = [.. statistics.Select((column, at) => column.ToColumn(features[at], at, data.RowCount))];
        _parents = new RowUnion(data.Features);
        _vote = new NominalVote(features);
    }

    /// <summary>Adds a row whose nominal values are the seed's where u &lt; 0.5 and the reference's otherwise.</summary>
    /// <param name="target">Where to; of the form (dense or sparse) of the data set.</param>
    /// <param name="seed">An original row.</param>
    /// <param name="reference">Another one.</param>
    /// <param name="share">Gives u ≥ 0, the next one or always the same.</param>
    public void Append(FeatureMatrixBuilder target, int seed, int reference, Func<double> share)
    {
        _parents.Start(seed, reference);
        while (_parents.MoveNext())
        {
            double own = _parents.Values[0];
            double other = _parents.Values[1];
            Put(IsDecided(own, other) ? own : IsNominal ? (share() < 0.5 ? own : other) : Between(own, other, share()));
        }

        Finish(target);
    }

    /// <summary>Adds a row whose nominal values are voted for by neighbours (<see cref="NominalVote"/>).</summary>
    /// <param name="target">Where to; of the form (dense or sparse) of the data set.</param>
    /// <param name="seed">An original row.</param>
    /// <param name="reference">Another one.</param>
    /// <param name="neighbours">The rows that vote.</param>
    /// <param name="share">Gives u ≥ 0 for numeric columns.</param>
    public void AppendVoted(FeatureMatrixBuilder target, int seed, int reference, ReadOnlySpan<int> neighbours, Func<double> share)
    {
        if (_rows.Length < neighbours.Length + 2)
            _rows = new int[neighbours.Length + 2];
        _rows[0] = seed;
        _rows[1] = reference;
        neighbours.CopyTo(_rows.AsSpan(2));
        _parents.Start(_rows.AsSpan(0, neighbours.Length + 2));
        while (_parents.MoveNext())
        {
            double own = _parents.Values[0];
            double other = _parents.Values[1];
            if (IsNominal)
                Put(_vote.Of(own, _parents.Values[2..]));
            else
                Put(IsDecided(own, other) ? own : Between(own, other, share()));
        }

        Finish(target);
    }

    private bool IsNominal => _data.Schema.Features[_parents.Column].IsNominal;

    private static bool IsDecided(double own, double other) => own == other || double.IsNaN(own) || double.IsNaN(other);

    private double Between(double own, double other, double share)
    {
        double difference = other - own;
        double value = double.IsFinite(difference) ? own + share * difference : (own / 2 + share * (other / 2 - own / 2)) * 2;
        // -0 becomes 0, which sparse rows leave out.
        return _columns[_parents.Column].Nearest(value, round: true) + 0.0;
    }

    private void Put(double value)
    {
        if (value == 0 && _data.Features.IsSparse)
            return;
        _places.Add(_parents.Column);
        _values.Add(value);
    }

    private void Finish(FeatureMatrixBuilder target)
    {
        ReadOnlySpan<double> values = CollectionsMarshal.AsSpan(_values);
        if (_data.Features.IsSparse)
            target.AddSparseRow(CollectionsMarshal.AsSpan(_places), values);
        else
            target.AddDenseRow(values);
        _places.Clear();
        _values.Clear();
    }
}
