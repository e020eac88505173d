namespace AemloBridge.Resampling.Options;

/// <summary>Makes the options that every method with a neighbour search has.</summary>
/// <typeparam name="T">The options of the method.</typeparam>
internal static class NeighbourOptionsOf<T>
    where T : NeighbourOptions, new()
{
    /// <summary>The seed, the threads and the device: the last ones of the list.</summary>
    public static IReadOnlyList<MethodOption<T>> Common { get; } =
    [
        OptionsOf<T>.Seed(),
        OptionsOf<T>.Whole("threads", "Threads for the CPU work; 0 takes this machine's default; the result is the same with any number", "threads", "AEMLO Bridge", 0, 1024, o => o.Threads, (o, v) => o with { Threads = v }),
        OptionsOf<T>.Choice("device", "Where distances are computed; the result is the same everywhere", "AEMLO Bridge", o => o.Device, (o, v) => o with { Device = v }),
    ];
}
