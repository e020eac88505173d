using System.Globalization;

namespace AemloBridge.Resampling.Options;

/// <summary>One option of a resampling method: its name, what it means, its range, unit and source.</summary>
public abstract class MethodOption
{
    private protected MethodOption(string name, OptionType type, string description, string unit, string source)
    {
        Name = name;
        Type = type;
        Description = description;
        Unit = unit;
        Source = source;
    }

    /// <summary>The name as the command line spells it, without dashes: lower case, words joined with <c>-</c>.</summary>
    public string Name { get; }

    /// <summary>What kind of value it takes.</summary>
    public OptionType Type { get; }

    /// <summary>One sentence, without a full stop.</summary>
    public string Description { get; }

    /// <summary>The unit of the value, empty when it has none.</summary>
    public string Unit { get; }

    /// <summary>The equation, section or measurement the option comes from.</summary>
    public string Source { get; }

    /// <summary>The smallest value allowed; null when there is no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>True when <see cref="Minimum"/> itself is not allowed.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>The largest value allowed; null when there is no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>True when <see cref="Maximum"/> itself is not allowed.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>The words allowed, for <see cref="OptionType.Choice"/>; otherwise empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What an unset value means; null when the option always has a value.</summary>
    public string? UnsetMeaning { get; init; }

    /// <summary>True when the option changes the trained model, false when it only matters for generation or nothing is trained.</summary>
    public bool AffectsTraining { get; init; }

    /// <summary>The value in the preset <c>default</c>, in invariant text; null when unset there.</summary>
    public abstract string? Default { get; }

    /// <summary>The range in words, as shown in help and in error messages.</summary>
    public string Range => Type switch
    {
        OptionType.Choice => string.Join(" | ", Choices),
        OptionType.Flag => "true | false",
        _ => RangeOfNumbers(),
    };

    /// <summary>The value in a set of options of the same method, in invariant text; null when unset.</summary>
    public abstract string? Format(ResamplingOptions options);

    /// <summary>The options with this one changed; the value is checked against the range.</summary>
    /// <param name="options">The options to start from, of the same method.</param>
    /// <param name="text">The value in invariant text.</param>
    /// <exception cref="AemloOptionException">The text is no such value, or the value is out of range.</exception>
    public abstract ResamplingOptions Apply(ResamplingOptions options, string text);

    /// <summary>Checks the value held by <paramref name="options"/>.</summary>
    /// <exception cref="AemloOptionException">The value is out of range.</exception>
    public abstract void Check(ResamplingOptions options);

    private protected object Parse(string text)
    {
        object value = Type switch
        {
            OptionType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            OptionType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            OptionType.Flag when bool.TryParse(text, out bool flag) => flag,
            OptionType.Choice when Choices.Contains(text) => text,
            _ => throw new AemloOptionException(Name, $"'{text}' is not {Kind()}; allowed: {Range}"),
        };
        CheckRange(value);
        return value;
    }

    private protected void CheckValue(object? value)
    {
        switch (value)
        {
            case null when UnsetMeaning is null:
                throw new AemloOptionException(Name, $"has no value; allowed: {Range}");
            case Enum choice when !Enum.IsDefined(choice.GetType(), choice):
                throw new AemloOptionException(Name, $"{choice} is not {Kind()}; allowed: {Range}");
            case int or long or double:
                CheckRange(value);
                break;
        }
    }

    private protected static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        Enum choice => OptionWords.ToWord(choice),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString(),
    };

    private void CheckRange(object value)
    {
        if (value is not (int or long or double))
            return;
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        bool low = Minimum is { } minimum && (MinimumExclusive ? number <= minimum : number < minimum);
        bool high = Maximum is { } maximum && (MaximumExclusive ? number >= maximum : number > maximum);
        if (low || high || !double.IsFinite(number))
            throw new AemloOptionException(Name, $"{((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)} is out of range; allowed: {Range}");
    }

    private string Kind() => Type switch
    {
        OptionType.Integer => "a whole number",
        OptionType.Number => "a number",
        OptionType.Flag => "true or false",
        _ => "one of the words",
    };

    private string RangeOfNumbers()
    {
        string low = Minimum is { } minimum ? $"{(MinimumExclusive ? "(" : "[")}{Bound(minimum)}" : "(-inf";
        string high = Maximum is { } maximum ? $"{Bound(maximum)}{(MaximumExclusive ? ")" : "]")}" : "inf)";
        return $"{low}, {high}";
    }

    private string Bound(double bound) =>
        Type == OptionType.Integer ? ((long)bound).ToString(CultureInfo.InvariantCulture) : bound.ToString(CultureInfo.InvariantCulture);
}
