namespace AemloBridge.Devices;

/// <summary>Memory of this process and of the machine, all in bytes.</summary>
/// <param name="Resident">What the process holds in memory now, native libraries and tensors included.</param>
/// <param name="Total">The machine's memory, or the limit of the container where there is one.</param>
/// <param name="Available">What is left of <paramref name="Total"/>, to about one percent of it.</param>
public sealed record MemoryInfo(long Resident, long Total, long Available)
{
    /// <summary>Measures now. Runs a short garbage collection: the runtime looks at the machine's load only then.</summary>
    public static MemoryInfo Measure()
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        GCMemoryInfo machine = GC.GetGCMemoryInfo(GCKind.Any);
        long total = machine.TotalAvailableMemoryBytes;
        return new MemoryInfo(Environment.WorkingSet, total, Math.Max(0, total - machine.MemoryLoadBytes));
    }
}
