using System.Globalization;

namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>How much the long tests do: a part of it by default, all of it with <c>AEMLO_SOAK=full</c>.</summary>
internal static class Soak
{
    private const int DefaultSeed = 20260101;

    /// <summary>The seed of every random draw; <c>AEMLO_SOAK_SEED</c> sets another.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("AEMLO_SOAK_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : DefaultSeed;

    /// <summary>The number of cases.</summary>
    public static int Count(int scaledDown, int full) => Environment.GetEnvironmentVariable("AEMLO_SOAK") == "full" ? full : scaledDown;

    /// <summary>The draws of one case; a failure names its number, and the seed with it gives the same case again.</summary>
    public static Random Case(int number) => new(unchecked((Seed * 31) + number));
}
