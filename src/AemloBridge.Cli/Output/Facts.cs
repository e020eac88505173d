namespace AemloBridge.Cli.Output;

/// <summary>Names and what they stand for, one pair a line.</summary>
internal static class Facts
{
    public static void Write(TextWriter output, params (string Name, string Value)[] facts)
    {
        int width = facts.Max(fact => fact.Name.Length) + 2;
        foreach ((string name, string value) in facts)
            output.WriteLine($"{name.PadRight(width)}{value}".TrimEnd());
    }
}
