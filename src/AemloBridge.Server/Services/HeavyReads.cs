namespace AemloBridge.Server.Services;

/// <summary>Runs what reads whole files for a single answer: away from the thread that serves the call, few at once, and of those that take much memory one.</summary>
internal sealed class HeavyReads : IDisposable
{
    private const long Much = 64 << 20;

    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _large = new(1);

    /// <summary>Leaves half of the processors to the calls.</summary>
    public HeavyReads()
        : this(Math.Max(1, Environment.ProcessorCount / 2))
    {
    }

    /// <summary>Runs so many at once.</summary>
    public HeavyReads(int atOnce) => _free = new SemaphoreSlim(atOnce);

    /// <summary>Runs one when its turn comes.</summary>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<T> RunAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(read, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs one that is known to take so many bytes of memory.</summary>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<T> RunAsync<T>(long bytes, Func<T> read, CancellationToken cancellationToken)
    {
        if (bytes < Much)
            return await RunAsync(read, cancellationToken);
        // Before a place is taken: those that wait here must not keep small ones waiting.
        await _large.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(read, cancellationToken);
        }
        finally
        {
            _large.Release();
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _large.Dispose();
    }
}
