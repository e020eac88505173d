namespace AemloBridge.Cli.Output;

/// <summary>Warnings go to standard error, one line each, also when nothing else is written there.</summary>
internal static class Warnings
{
    public static void Write(Terminal terminal, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
            terminal.Error.WriteLine($"aemlo: warning: {warning}");
    }
}
