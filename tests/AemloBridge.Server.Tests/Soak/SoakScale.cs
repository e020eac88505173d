namespace AemloBridge.Server.Tests.Soak;

/// <summary>How much the soak tests do: a part of it in every test run, all of it under <c>make soak</c> (AEMLO_SOAK=full).</summary>
internal static class SoakScale
{
    private const string Full = "full";

    private static readonly Lock Gate = new();

    /// <summary>True under <c>make soak</c>.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("AEMLO_SOAK") == Full;

    /// <summary>The number for this run.</summary>
    public static int Of(int full, int part) => IsFull ? full : part;

    /// <summary>Tells a figure: in the test's output, and in the file that AEMLO_SOAK_REPORT names.</summary>
    public static void Report(string what, string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {figure}");
        if (Environment.GetEnvironmentVariable("AEMLO_SOAK_REPORT") is not { Length: > 0 } path)
            return;
        lock (Gate)
            File.AppendAllText(path, $"| {what} | {figure} |\n");
    }
}
