namespace AemloBridge.Server.Services;

/// <summary>Runs what reads whole files for a single answer: away from the thread that serves the call, and few at once.</summary>
internal sealed class HeavyReads : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));

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

    public void Dispose() => _free.Dispose();
}
