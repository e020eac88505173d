namespace AemloBridge.Neighbours.Estimates;

/// <summary>Estimates the distances of rows to all candidates of a search.</summary>
internal interface IDistanceEstimator : IDisposable
{
    /// <summary>Cells from one query's estimates to the next; at least the number of candidates.</summary>
    int Stride { get; }

    /// <summary>The most queries that it is fast to estimate at once.</summary>
    int BestBlock { get; }

    /// <summary>Estimates d² − N(q) of some queries to every candidate.</summary>
    /// <param name="queries">Row indices.</param>
    /// <param name="bases">Gets N(q) and the error bound of each query.</param>
    /// <param name="estimates">Gets <see cref="Stride"/> cells per query; those behind the last candidate mean nothing.</param>
    void Estimate(ReadOnlyMemory<int> queries, Span<EstimateBase> bases, Memory<float> estimates);
}
