namespace AemloBridge.Server.Workers;

/// <summary>The machine's memory, which the jobs that run share. Safe to call from any thread.</summary>
/// <param name="total">Bytes that the machine has.</param>
internal sealed class SharedMemory(long total)
{
    /// <summary>What running jobs may take together.</summary>
    private const double LargestShare = 0.8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _held = [];

    /// <summary>Whether a job can run beside those that do; one alone always may.</summary>
    public bool HasRoom(long bytes)
    {
        lock (_gate)
            return _held.Count == 0 || _held.Values.Sum(held => (double)held) + bytes <= total * LargestShare;
    }

    /// <summary>The job of a device takes memory until <see cref="Release"/>.</summary>
    public void Hold(string device, long bytes)
    {
        lock (_gate)
            _held[device] = bytes;
    }

    /// <summary>The job of a device has ended.</summary>
    public void Release(string device)
    {
        lock (_gate)
            _held.Remove(device);
    }
}
