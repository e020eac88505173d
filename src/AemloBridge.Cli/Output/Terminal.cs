namespace AemloBridge.Cli.Output;

/// <summary>Where a command writes: results to <see cref="Out"/>, progress, warnings and errors to <see cref="Error"/>.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OutIsTerminal">True when a person reads <paramref name="Out"/> as it is written.</param>
/// <param name="ErrorIsTerminal">The same for <paramref name="Error"/>; only then is live progress shown.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsTerminal, bool ErrorIsTerminal)
{
    private const int WidthOfFiles = 100;

    /// <summary>Columns of text that fit on a line of <see cref="Out"/>.</summary>
    public int Width => OutIsTerminal ? WindowWidth() : WidthOfFiles;

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : WidthOfFiles;
        }
        catch (IOException)
        {
            return WidthOfFiles;
        }
    }
}
