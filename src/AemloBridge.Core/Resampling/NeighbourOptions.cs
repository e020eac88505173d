using AemloBridge.Aemlo.Options;

namespace AemloBridge.Resampling;

/// <summary>The options of a method that searches neighbours.</summary>
public abstract record NeighbourOptions : ResamplingOptions
{
    /// <summary>Where distances are proposed; the result is the same everywhere.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;

    /// <summary>CPU threads; 0 takes the default of this machine. The result is the same with any number.</summary>
    public int Threads { get; init; }
}
