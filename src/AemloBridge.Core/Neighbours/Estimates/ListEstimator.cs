namespace AemloBridge.Neighbours.Estimates;

/// <summary>
/// For rows with few entries: the candidates of every factor are listed (CSC), and a query walks the lists of its own
/// factors. Time and memory follow the entries, not the columns.
/// </summary>
internal sealed class ListEstimator : IDistanceEstimator
{
    private readonly ProductForm _form;
    private readonly EstimateBound _bound;
    private readonly int _threads;
    private readonly float[] _norms;
    private readonly int[][] _places;
    private readonly float[][] _values;

    /// <summary>Lists the candidates.</summary>
    /// <param name="form">Codes the rows; not centred.</param>
    /// <param name="candidates">Their row indices.</param>
    /// <param name="counts">How many candidates have an entry for each factor.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="cancellationToken">Checked row by row.</param>
    public ListEstimator(ProductForm form, int[] candidates, int[] counts, int threads, CancellationToken cancellationToken)
    {
        _form = form;
        _threads = threads;
        _bound = new EstimateBound(form.ColumnCount);
        _norms = new float[candidates.Length];
        _places = Array.ConvertAll(counts, count => new int[count]);
        _values = Array.ConvertAll(counts, count => new float[count]);
        var filled = new int[counts.Length];
        RowCode code = form.NewCode();
        for (int place = 0; place < candidates.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            form.Encode(candidates[place], code);
            _bound.Include(code);
            _norms[place] = (float)code.Norm;
            for (int entry = 0; entry < code.Count; entry++)
            {
                int factor = code.Factors[entry];
                _places[factor][filled[factor]] = place;
                _values[factor][filled[factor]++] = code.Right[entry];
            }
        }
    }

    public int Stride => _norms.Length;

    public int BestBlock => int.MaxValue;

    public void Estimate(ReadOnlyMemory<int> queries, Span<EstimateBase> bases, Memory<float> estimates)
    {
        var found = new EstimateBase[queries.Length];
        Parallel.For(0, queries.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, _form.NewCode, (query, _, code) =>
        {
            _form.Encode(queries.Span[query], code);
            found[query] = new EstimateBase(code.Norm, _bound.Error(code));
            Walk(code, estimates.Span.Slice(query * Stride, Stride));
            return code;
        }, static _ => { });
        found.CopyTo(bases);
    }

    public void Dispose()
    {
    }

    private void Walk(RowCode query, Span<float> estimates)
    {
        _norms.CopyTo(estimates);
        for (int entry = 0; entry < query.Count; entry++)
        {
            float left = query.Left[entry];
            int[] places = _places[query.Factors[entry]];
            ReadOnlySpan<float> values = _values[query.Factors[entry]].AsSpan(0, places.Length);
            for (int at = 0; at < places.Length; at++)
                estimates[places[at]] += left * values[at];
        }
    }
}
