namespace AemloBridge.Data.Arff;

/// <summary>A weight in braces, as in <c>{2.5}</c>.</summary>
internal static class ArffWeight
{
    /// <summary>Reads the weight whose opening brace stands at <paramref name="position"/>, which is moved behind it.</summary>
    /// <exception cref="AemloInputException">It is not a finite number of 0 or more in braces.</exception>
    public static double Read(ReadOnlySpan<byte> line, ref int position, ArffPlace place, string? attribute = null)
    {
        int open = position;
        int at = ArffTokenizer.SkipBlanks(line, open + 1);
        if (!ArffNumber.TryRead(line, ref at, out double weight) || !double.IsFinite(weight) || weight < 0)
            throw place.Error(line, open, "a weight in braces was expected, a number of 0 or more such as {2.5}", attribute);
        at = ArffTokenizer.SkipBlanks(line, at);
        if (at >= line.Length || line[at] != (byte)'}')
            throw place.Error(line, Math.Min(at, line.Length), "the weight must be one number, closed with }", attribute);
        position = at + 1;
        return weight + 0.0;
    }
}
