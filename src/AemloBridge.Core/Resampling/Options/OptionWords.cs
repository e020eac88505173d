using System.Reflection;

namespace AemloBridge.Resampling.Options;

/// <summary>The words that stand for enumeration values on the command line, in model files and on the wire.</summary>
internal static class OptionWords
{
    /// <summary>The word of a value: <c>SeedMinority</c> becomes <c>seed-minority</c>, unless an attribute says otherwise.</summary>
    public static string ToWord(Enum value)
    {
        string name = value.ToString();
        if (value.GetType().GetField(name)?.GetCustomAttribute<OptionWordAttribute>() is { } own)
            return own.Word;
        return string.Concat(name.Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
    }

    /// <summary>All words of an enumeration, in declared order.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => ToWord(value))];

    /// <summary>The value that a word stands for.</summary>
    public static T Parse<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().First(value => ToWord(value) == word);
}
