using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Neighbours.Estimates;
using static TorchSharp.torch;

namespace AemloBridge.Neighbours;

/// <summary>
/// Finds the nearest rows of rows, exactly: ascending by (d², row index), where d² is what <see cref="DistanceSpace"/>
/// measures. A row is never its own neighbour; rows with equal values are neighbours at distance 0.
/// </summary>
/// <remarks>What is found depends on the data alone, not on threads, device or blocks. One caller at a time.</remarks>
public sealed class NeighbourSearch : IDisposable
{
    /// <summary>For fewer queries, or fewer candidates, estimates are not worth their preparation.</summary>
    private const int FewestQueries = 3;
    private const int FewestCandidates = 16;

    private readonly DistanceSpace _space;
    private readonly FeatureMatrix _rows;
    private readonly EstimatorKind? _kind;
    private readonly Lazy<Device?> _device;
    private readonly int _threads;
    private readonly long _blockBytes;
    private IDistanceEstimator? _whole;

    /// <summary>A search over some rows.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">All rows that are asked for or compared with, n × d; kept, not copied.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns than the space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is negative.</exception>
    /// <exception cref="DeviceException">CUDA was asked for and does not work here.</exception>
    public NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options = null)
        : this(space, rows, options, null, DeviceOf(options))
    {
    }

    /// <summary>A search with an estimator of a given kind, on a given device of libtorch's or without libtorch.</summary>
    internal NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options, EstimatorKind? kind, Device? device)
        : this(space, rows, options, kind, new Lazy<Device?>(device))
    {
    }

    private NeighbourSearch(DistanceSpace space, FeatureMatrix rows, NeighbourSearchOptions? options, EstimatorKind? kind, Lazy<Device?> device)
    {
        options ??= new NeighbourSearchOptions();
        if (rows.ColumnCount != space.ColumnCount)
            throw new ArgumentException($"the rows have {rows.ColumnCount} columns, but the distances are over {space.ColumnCount} features", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BlockBytes);
        _space = space;
        _rows = rows;
        _kind = kind;
        _device = device;
        _blockBytes = options.BlockBytes;
        _threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
    }

    /// <summary>The nearest candidates of every query row.</summary>
    /// <param name="queries">Row indices, in any order.</param>
    /// <param name="candidates">Row indices, ascending, each once; null for all rows.</param>
    /// <param name="k">How many neighbours are wanted; fewer come back where there are fewer candidates.</param>
    /// <param name="cancellationToken">Checked before each block of queries.</param>
    /// <returns>For each query its neighbours, nearest first.</returns>
    /// <exception cref="ArgumentException">A row does not exist, or the candidates do not ascend.</exception>
    public Neighbour[][] Find(int[] queries, int[]? candidates, int k, CancellationToken cancellationToken = default) =>
        Find([.. queries.Select(row => new NeighbourQuery(row, candidates, k))], cancellationToken);

    /// <summary>Many searches at once: a row's distances to the others are computed once for all of its queries.</summary>
    /// <param name="queries">What is looked for, in any order.</param>
    /// <param name="cancellationToken">Checked before each block of queries.</param>
    /// <returns>For each query its neighbours, nearest first.</returns>
    /// <exception cref="ArgumentException">A row does not exist, or candidates do not ascend.</exception>
    public Neighbour[][] Find(IReadOnlyList<NeighbourQuery> queries, CancellationToken cancellationToken = default)
    {
        QueryCheck.Require(queries, _rows.RowCount);
        var blocks = new BlockSearch(_space, _rows, queries, _threads, _blockBytes);
        foreach (QueryGroup group in QueryGroup.Of(queries, _rows.RowCount))
            Answer(group, blocks, cancellationToken);
        return blocks.Found;
    }

    /// <summary>Frees what the device holds.</summary>
    public void Dispose() => _whole?.Dispose();

    // On the CPU our own estimators need no libtorch, which takes a second and 120 MB to load.
    // Where any device will do, it is looked for once there is enough work for one, and one that does not work is none.
    private static Lazy<Device?> DeviceOf(NeighbourSearchOptions? options) => options?.Device switch
    {
        DeviceKind.Cuda => new Lazy<Device?>(ComputeDevice.Resolve(DeviceKind.Cuda).Device),
        DeviceKind.Auto when TorchRuntime.MayHaveCuda => new Lazy<Device?>(AnyDevice),
        _ => new Lazy<Device?>((Device?)null),
    };

    private static Device? AnyDevice()
    {
        try
        {
            ComputeDevice resolved = ComputeDevice.Resolve(DeviceKind.Auto);
            return resolved.WhyNotCuda is null ? resolved.Device : null;
        }
        catch (DeviceException)
        {
            return null;
        }
    }

    private void Answer(QueryGroup group, BlockSearch blocks, CancellationToken cancellationToken)
    {
        if (group.Rows.Length < FewestQueries || (group.Universe?.Length ?? _rows.RowCount) < FewestCandidates)
        {
            blocks.Measure(group, cancellationToken);
        }
        else if (group.Universe is null)
        {
            _whole ??= EstimatorChoice.Make(_space, _rows, [.. Enumerable.Range(0, _rows.RowCount)], _kind, _device.Value, _threads, cancellationToken);
            blocks.Answer(group, _whole, cancellationToken);
        }
        else
        {
            using IDistanceEstimator estimator = EstimatorChoice.Make(_space, _rows, group.Universe, _kind, _device.Value, _threads, cancellationToken);
            blocks.Answer(group, estimator, cancellationToken);
        }
    }
}
