using AemloBridge.Aemlo.Networks;
using AemloBridge.Devices;
using static TorchSharp.torch;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>A matrix product in float32 on a device of libtorch's, where the smallest estimates are chosen too.</summary>
internal sealed class TorchEstimator : IDistanceEstimator
{
    /// <summary>Candidates on their way to the device at once.</summary>
    private const int RowsPerCopy = 1024;

    /// <summary>TF32 keeps 10 bits of a factor.</summary>
    private const double Tf32Rounding = 1.0 / (1 << 11);

    private readonly ProductForm _form;
    private readonly EstimateBound _bound;
    private readonly Device _device;
    private readonly int _threads;
    private readonly Tensor _candidates;
    private readonly Tensor _norms;

    /// <summary>Copies the candidates to the device.</summary>
    /// <param name="form">Codes the rows; centred.</param>
    /// <param name="candidates">Their row indices.</param>
    /// <param name="device">Where to multiply.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="cancellationToken">Checked before each copy.</param>
    public TorchEstimator(ProductForm form, int[] candidates, Device device, int threads, CancellationToken cancellationToken)
    {
        _form = form;
        _device = device;
        _threads = threads;
        Stride = candidates.Length;
        (_candidates, _norms, _bound) = TrainingThread.Run(threads, _ =>
        {
            bool tf32 = device.type == TorchSharp.DeviceType.CUDA && backends.cuda.matmul.allow_tf32;
            var bound = new EstimateBound(form.ColumnCount, tf32 ? Tf32Rounding : 0);
            using var scope = NewDisposeScope();
            Tensor all = empty([candidates.Length, form.FactorCount], ScalarType.Float32, device);
            var norms = new float[candidates.Length];
            for (int start = 0; start < candidates.Length; start += RowsPerCopy)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var copyScope = NewDisposeScope();
                ReadOnlySpan<int> rows = candidates.AsSpan(start, Math.Min(RowsPerCopy, candidates.Length - start));
                Tensor coded = Code(rows, asQueries: false, (place, code) =>
                {
                    bound.Include(code);
                    norms[start + place] = (float)code.Norm;
                });
                all.narrow(0, start, rows.Length).copy_(coded);
            }

            return (all.MoveToOuterDisposeScope(), tensor(norms, device: device).MoveToOuterDisposeScope(), bound);
        });
    }

    public int Stride { get; }

    public int BestBlock => int.MaxValue;

    public void Estimate(ReadOnlyMemory<int> queries, Span<EstimateBase> bases, Memory<float> estimates)
    {
        var found = new EstimateBase[queries.Length];
        TrainingThread.Run(_threads, _ =>
        {
            using var scope = NewDisposeScope();
            NetworkInference.CopyTo(Multiply(queries.Span, found), estimates.Span[..(queries.Length * Stride)]);
            return true;
        });
        found.CopyTo(bases);
    }

    /// <summary>The smallest estimates of each query, in ascending order; of equal ones any may be left out.</summary>
    /// <param name="queries">Row indices.</param>
    /// <param name="count">How many per query; no more than there are candidates.</param>
    /// <param name="bases">Gets N(q) and the error bound of each query.</param>
    /// <param name="estimates">Gets <paramref name="count"/> estimates per query.</param>
    /// <param name="places">Gets the candidates that they belong to.</param>
    public void Shortlist(ReadOnlyMemory<int> queries, int count, Span<EstimateBase> bases, Memory<float> estimates, Memory<long> places)
    {
        var found = new EstimateBase[queries.Length];
        TrainingThread.Run(_threads, _ =>
        {
            using var scope = NewDisposeScope();
            (Tensor values, Tensor indices) = Multiply(queries.Span, found).topk(count, 1, largest: false, sorted: true);
            NetworkInference.CopyTo(values, estimates.Span[..(queries.Length * count)]);
            indices.cpu().contiguous().data<long>().CopyTo(places.Span[..(queries.Length * count)]);
            return true;
        });
        found.CopyTo(bases);
    }

    public void Dispose()
    {
        _candidates.Dispose();
        _norms.Dispose();
    }

    /// <summary>The estimates of some queries, queries × candidates, on the device; on a thread with a dispose scope.</summary>
    internal Tensor Multiply(ReadOnlySpan<int> queries, EstimateBase[] bases)
    {
        Tensor coded = Code(queries, asQueries: true, (query, code) => bases[query] = new EstimateBase(code.Norm, _bound.Error(code)));
        return coded.mm(_candidates.t()).Accumulate(_norms);
    }

    private Tensor Code(ReadOnlySpan<int> rows, bool asQueries, Action<int, RowCode> each)
    {
        var cells = new float[rows.Length * _form.FactorCount];
        RowCode code = _form.NewCode();
        for (int row = 0; row < rows.Length; row++)
        {
            _form.Encode(rows[row], code);
            each(row, code);
            Span<float> own = cells.AsSpan(row * _form.FactorCount, _form.FactorCount);
            ReadOnlySpan<float> factors = asQueries ? code.Left : code.Right;
            for (int entry = 0; entry < code.Count; entry++)
                own[code.Factors[entry]] = factors[entry];
        }

        return tensor(cells, [rows.Length, _form.FactorCount], device: _device);
    }
}
