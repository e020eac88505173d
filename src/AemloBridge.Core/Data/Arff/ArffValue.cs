using System.Runtime.CompilerServices;

namespace AemloBridge.Data.Arff;

/// <summary>Reads one value of a data row.</summary>
internal static class ArffValue
{
    /// <summary>
    /// The value at <paramref name="position"/>, which stands on something that is not blank and is moved behind the value.
    /// </summary>
    /// <returns>A finite number, the code of a nominal value, or NaN for <c>?</c>.</returns>
    /// <exception cref="AemloInputException">It is not a value of this attribute.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Read(ReadOnlySpan<byte> line, ref int position, ArffColumn column, ArffPlace place)
    {
        int at = position;
        if (column.Codes is null)
        {
            if (ArffNumber.TryRead(line, ref at, out double number) && (at == line.Length || ArffTokenizer.EndsWord(line[at])) && double.IsFinite(number))
            {
                position = at;

                // Makes -0 an ordinary 0.
                return number + 0.0;
            }

            return ReadUnusualNumber(line, ref position, column, place);
        }

        while (at < line.Length && !ArffTokenizer.EndsWord(line[at]))
            at++;
        int code = column.Codes.Find(line[position..at]);
        if (code >= 0 && (at == line.Length || line[at] is not ((byte)'\'' or (byte)'"')))
        {
            position = at;
            return code;
        }

        return ReadUnusualNominal(line, ref position, column, place);
    }

    private static double ReadUnusualNumber(ReadOnlySpan<byte> line, ref int position, ArffColumn column, ArffPlace place)
    {
        string name = column.Attribute.Name;
        ArffToken token = Token(line, ref position, column, place);
        if (token.IsMissing(line))
            return double.NaN;

        // Quoted numbers end up here, and everything that is wrong.
        string text = ArffTokenizer.Text(token, line, place, name);
        ReadOnlySpan<byte> bytes = token.Bytes(line);
        int end = 0;
        if (!ArffNumber.TryRead(bytes, ref end, out double number) || end != bytes.Length)
        {
            string hint = text.TrimStart('+', '-').ToLowerInvariant() is "nan" or "infinity" or "inf" or "∞"
                ? "is not a finite number; write ? for a missing value"
                : "is not a number; digits such as -1.5 or 2e-3 were expected, or ? for a missing value";
            throw place.Error(line, token.Offset, $"{ArffPlace.Quoted(text)} {hint}", name);
        }

        if (!double.IsFinite(number))
            throw place.Error(line, token.Offset, $"{ArffPlace.Quoted(text)} is too large for a 64-bit floating-point number", name);
        return number + 0.0;
    }

    private static double ReadUnusualNominal(ReadOnlySpan<byte> line, ref int position, ArffColumn column, ArffPlace place)
    {
        string name = column.Attribute.Name;
        ArffToken token = Token(line, ref position, column, place);
        if (token.IsMissing(line))
            return double.NaN;
        string text = ArffTokenizer.Text(token, line, place, name);
        int code = column.Codes!.Find(text);
        if (code >= 0)
            return code;
        throw place.Error(line, token.Offset, $"the value {ArffPlace.Quoted(text)} is not declared; declared: {Declared(column.Attribute)}", name);
    }

    private static ArffToken Token(ReadOnlySpan<byte> line, ref int position, ArffColumn column, ArffPlace place)
    {
        ArffToken token = ArffTokenizer.Next(line, ref position, place, column.Attribute.Name);
        return token.IsText
            ? token
            : throw place.Error(line, token.Offset, "a value was expected here; write ? for a missing one", column.Attribute.Name);
    }

    private static string Declared(DataAttribute attribute)
    {
        const int Shown = 8;
        string list = string.Join(", ", attribute.Values.Take(Shown).Select(ArffPlace.Quoted));
        return attribute.Values.Count <= Shown ? list : $"{list} and {attribute.Values.Count - Shown} more";
    }
}
