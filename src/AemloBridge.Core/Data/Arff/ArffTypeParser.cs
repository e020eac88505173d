namespace AemloBridge.Data.Arff;

/// <summary>Reads what follows an attribute's name: its type, and what some programs write behind that.</summary>
internal static class ArffTypeParser
{
    /// <summary>Reads the type of attribute <paramref name="name"/> at <paramref name="position"/> to the end of the line.</summary>
    /// <exception cref="AemloInputException">There is no type, it cannot be oversampled, or something else follows it.</exception>
    public static DataAttribute Parse(ReadOnlySpan<byte> line, ref int position, string name, ArffPlace place, out bool weighted)
    {
        ArffToken token = ArffTokenizer.Next(line, ref position, place, name);
        DataAttribute attribute = token.Kind switch
        {
            ArffTokenKind.OpenBrace => DataAttribute.Nominal(name, Values(line, ref position, name, token, place)),
            ArffTokenKind.Word or ArffTokenKind.Quoted => DataAttribute.Numeric(name, NumericWord(line, token, name, place)),
            _ => throw place.Error(line, token.Offset, "the attribute has no type; write numeric, or its values in braces: {a,b}", name),
        };
        weighted = SkipWeightOrRange(line, ref position, name, place);
        ArffToken after = ArffTokenizer.Next(line, ref position, place, name);
        if (after.Kind != ArffTokenKind.End)
            throw place.Error(line, after.Offset, "text after the attribute's type; nothing but a comment may follow", name);
        return attribute;
    }

    private static string NumericWord(ReadOnlySpan<byte> line, in ArffToken token, string name, ArffPlace place)
    {
        string type = ArffTokenizer.Text(token, line, place, name);
        string word = type.ToLowerInvariant();
        return word switch
        {
            "numeric" or "real" or "integer" => word,
            "string" => throw place.Error(line, token.Offset, "string attributes cannot be oversampled; turn the text into numbers first (Weka: StringToWordVector), make it nominal (StringToNominal), or remove the attribute", name),
            "date" => throw place.Error(line, token.Offset, "date attributes cannot be oversampled; replace the date with a number, such as days since a first day, or remove the attribute", name),
            "relational" => throw place.Error(line, token.Offset, "relational attributes cannot be oversampled; move their columns into the data set itself, or remove the attribute", name),
            _ => throw place.Error(line, token.Offset, $"{ArffPlace.Quoted(type)} is not a type; numeric, real, integer or values in braces {{a,b}} were expected (put a name that holds spaces in quotes)", name),
        };
    }

    private static List<string> Values(ReadOnlySpan<byte> line, ref int position, string name, in ArffToken open, ArffPlace place)
    {
        var values = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        bool valueMayFollow = true;
        bool valueMustFollow = false;
        while (true)
        {
            ArffToken token = ArffTokenizer.Next(line, ref position, place, name);
            switch (token.Kind)
            {
                case ArffTokenKind.Word or ArffTokenKind.Quoted when token.IsMissing(line):
                    throw place.Error(line, token.Offset, "? means missing and cannot be declared as a value; leave it out, or quote it: '?'", name);
                case ArffTokenKind.Word or ArffTokenKind.Quoted when valueMayFollow:
                    string value = ArffTokenizer.Text(token, line, place, name);
                    if (!known.Add(value))
                        throw place.Error(line, token.Offset, $"the value {ArffPlace.Quoted(value)} is declared twice", name);
                    values.Add(value);
                    valueMayFollow = valueMustFollow = false;
                    break;
                case ArffTokenKind.Word or ArffTokenKind.Quoted:
                    throw place.Error(line, token.Offset, "a comma between two values was expected; put a value that holds spaces in quotes", name);
                case ArffTokenKind.Comma when !valueMayFollow:
                    valueMayFollow = valueMustFollow = true;
                    break;
                case ArffTokenKind.CloseBrace when values.Count == 0:
                    throw place.Error(line, open.Offset, "the list of values is empty; declare at least one value, or remove the attribute", name);
                case ArffTokenKind.CloseBrace when !valueMustFollow:
                    return values;
                case ArffTokenKind.End:
                    throw place.Error(line, token.Offset, "the list of values is not closed with } on its line", name);
                default:
                    throw place.Error(line, token.Offset, "a value was expected; put an empty value, or one with commas or braces, in quotes", name);
            }
        }
    }

    // Weka writes an attribute's weight as {2.5}; KEEL and old programs write a range as [0, 1]. Neither matters here.
    private static bool SkipWeightOrRange(ReadOnlySpan<byte> line, ref int position, string name, ArffPlace place)
    {
        int start = ArffTokenizer.SkipBlanks(line, position);
        if (start >= line.Length)
            return false;
        if (line[start] == (byte)'[')
        {
            int length = line[start..].IndexOf((byte)']');
            if (length < 0)
                throw place.Error(line, start, "the range is not closed with ]", name);
            position = start + length + 1;
            return false;
        }

        if (line[start] != (byte)'{')
            return false;
        position = start;
        ArffWeight.Read(line, ref position, place, name);
        return true;
    }
}
