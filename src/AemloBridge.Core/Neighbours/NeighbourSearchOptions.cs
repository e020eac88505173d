using AemloBridge.Aemlo.Options;

namespace AemloBridge.Neighbours;

/// <summary>How a <see cref="NeighbourSearch"/> computes; what it finds does not depend on any of this.</summary>
public sealed record NeighbourSearchOptions
{
    /// <summary>The default of <see cref="BlockBytes"/>.</summary>
    public const long DefaultBlockBytes = 64L << 20;

    /// <summary>Where distances are estimated; the CPU by default, which needs no libtorch.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Cpu;

    /// <summary>CPU threads; 0, the default, for one per processor that this process may use.</summary>
    public int Threads { get; init; }

    /// <summary>Memory for the estimates that are held at once, in bytes over all threads; at least one row per thread is held.</summary>
    public long BlockBytes { get; init; } = DefaultBlockBytes;
}
