using System.Collections.Concurrent;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>
/// For rows with many entries: a matrix product in float32. The candidates stand in panels of <see cref="PanelKernel.Width"/>
/// rows, factor by factor; queries are packed in groups of <see cref="PanelKernel.Height"/> in the same way.
/// </summary>
internal sealed class PanelEstimator : IDistanceEstimator
{
    /// <summary>Panels per array: large enough that the collector leaves them where they are.</summary>
    private const int PanelsPerChunk = 16;

    /// <summary>Bytes of packed queries that stay in a processor's second-level cache.</summary>
    private const int QueryBytes = 512 << 10;

    private readonly ProductForm _form;
    private readonly EstimateBound _bound;
    private readonly int _threads;
    private readonly float[][] _chunks;
    private readonly float[] _norms;
    private float[] _packed = [];

    /// <summary>Packs the candidates.</summary>
    /// <param name="form">Codes the rows; centred.</param>
    /// <param name="candidates">Their row indices.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="cancellationToken">Checked chunk by chunk.</param>
    public PanelEstimator(ProductForm form, int[] candidates, int threads, CancellationToken cancellationToken)
    {
        _form = form;
        _threads = threads;
        _bound = new EstimateBound(form.ColumnCount);
        int panels = (candidates.Length + PanelKernel.Width - 1) / PanelKernel.Width;
        _norms = new float[panels * PanelKernel.Width];
        _chunks = new float[(panels + PanelsPerChunk - 1) / PanelsPerChunk][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, _chunks.Length, parallel, () => (Code: form.NewCode(), Bound: new EstimateBound(form.ColumnCount)), (chunk, _, local) =>
        {
            int first = chunk * PanelsPerChunk;
            _chunks[chunk] = new float[Math.Min(PanelsPerChunk, panels - first) * PanelSize];
            int start = first * PanelKernel.Width;
            for (int place = start; place < Math.Min(candidates.Length, start + PanelsPerChunk * PanelKernel.Width); place++)
            {
                form.Encode(candidates[place], local.Code);
                local.Bound.Include(local.Code);
                _norms[place] = (float)local.Code.Norm;
                Span<float> lane = Panel(place / PanelKernel.Width)[(place % PanelKernel.Width)..];
                for (int entry = 0; entry < local.Code.Count; entry++)
                    lane[local.Code.Factors[entry] * PanelKernel.Width] = local.Code.Right[entry];
            }

            return local;
        }, local =>
        {
            lock (_bound)
                _bound.Include(local.Bound);
        });
    }

    public int Stride => _norms.Length;

    public int BestBlock => Math.Max(QueryBytes / sizeof(float) / Math.Max(_form.FactorCount, 1) / PanelKernel.Height, 8) * PanelKernel.Height;

    private int PanelSize => _form.FactorCount * PanelKernel.Width;

    public void Estimate(ReadOnlyMemory<int> queries, Span<EstimateBase> bases, Memory<float> estimates)
    {
        Pack(queries.Span, bases);
        int count = queries.Length;
        Parallel.ForEach(Partitioner.Create(0, Stride / PanelKernel.Width, PanelsPerChunk), new ParallelOptions { MaxDegreeOfParallelism = _threads }, range =>
        {
            for (int panel = range.Item1; panel < range.Item2; panel++)
            {
                int first = panel * PanelKernel.Width;
                for (int query = 0; query < count; query += PanelKernel.Height)
                {
                    PanelKernel.Multiply(
                        _packed.AsSpan(query * _form.FactorCount, PanelKernel.Height * _form.FactorCount),
                        Panel(panel),
                        _norms.AsSpan(first, PanelKernel.Width),
                        estimates.Span[(query * Stride + first)..],
                        Stride,
                        Math.Min(PanelKernel.Height, count - query));
                }
            }
        });
    }

    public void Dispose()
    {
    }

    private void Pack(ReadOnlySpan<int> queries, Span<EstimateBase> bases)
    {
        int groups = (queries.Length + PanelKernel.Height - 1) / PanelKernel.Height;
        int size = groups * PanelKernel.Height * _form.FactorCount;
        if (_packed.Length < size)
            _packed = new float[size];
        Array.Clear(_packed);
        RowCode code = _form.NewCode();
        for (int query = 0; query < queries.Length; query++)
        {
            _form.Encode(queries[query], code);
            bases[query] = new EstimateBase(code.Norm, _bound.Error(code));
            int group = query / PanelKernel.Height;
            Span<float> lane = _packed.AsSpan(group * PanelKernel.Height * _form.FactorCount + query % PanelKernel.Height);
            for (int entry = 0; entry < code.Count; entry++)
                lane[code.Factors[entry] * PanelKernel.Height] = code.Left[entry];
        }
    }

    private Span<float> Panel(int panel) => _chunks[panel / PanelsPerChunk].AsSpan(panel % PanelsPerChunk * PanelSize, PanelSize);
}
