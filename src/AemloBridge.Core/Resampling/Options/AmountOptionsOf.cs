namespace AemloBridge.Resampling.Options;

/// <summary>Makes the options of the methods that only take an amount.</summary>
/// <typeparam name="T">The options of the method.</typeparam>
internal static class AmountOptionsOf<T>
    where T : AmountOptions, new()
{
    private const double LargestRate = 1000;

    /// <summary>Of a method that adds clones.</summary>
    public static IReadOnlyList<MethodOption<T>> Added(string source) => All("Clones", source, LargestRate);

    /// <summary>Of a method that takes rows away.</summary>
    public static IReadOnlyList<MethodOption<T>> Removed(string source) => All("Rows taken away", source, 1);

    private static IReadOnlyList<MethodOption<T>> All(string what, string source, double maximum) =>
    [
        OptionsOf<T>.Rate($"{what}, as a share p of the given rows", source, maximum, o => o.Rate, (o, v) => o with { Rate = v }),
        OptionsOf<T>.Num($"{what}: exact number; rate then does not apply", "floor(rate x rows)", o => o.Num, (o, v) => o with { Num = v }),
        OptionsOf<T>.Seed(),
    ];
}
