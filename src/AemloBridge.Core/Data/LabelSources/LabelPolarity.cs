using AemloBridge.Data.Arff;

namespace AemloBridge.Data.LabelSources;

/// <summary>Decides which of a label's two values means "has the label", and remembers where that was not certain.</summary>
internal sealed class LabelPolarity
{
    private readonly string? _wanted;
    private readonly string _file;
    private readonly List<(string Label, string Positive, string Negative)> _taken = [];

    /// <summary>Prepares to decide.</summary>
    /// <param name="wanted">The positive value that the user named, or null.</param>
    /// <param name="file">The ARFF file, for errors.</param>
    public LabelPolarity(string? wanted, string file)
    {
        _wanted = wanted;
        _file = file;
    }

    /// <summary>The position of the positive value among the attribute's two.</summary>
    /// <param name="attribute">The label.</param>
    /// <param name="line">1-based line of its declaration.</param>
    /// <param name="column">1-based column of its name there.</param>
    /// <exception cref="AemloInputException">The attribute cannot be a label, or lacks the value that the user named.</exception>
    public int PositiveValue(DataAttribute attribute, long line, int column)
    {
        if (!attribute.IsNominal)
            throw Error($"a label must be nominal with two values, such as {{0,1}}, but this attribute is {attribute.DeclaredType}");
        if (attribute.Values.Count != 2)
            throw Error($"a label must have exactly two values, such as {{0,1}}, but this attribute declares {attribute.Values.Count}");
        string first = attribute.Values[0];
        string second = attribute.Values[1];
        bool zeroOne = (first, second) is ("0", "1") or ("1", "0");
        int positive = zeroOne ? (second == "1" ? 1 : 0) : 1;
        if (_wanted is not null && (!zeroOne || _wanted is "0" or "1"))
        {
            positive = _wanted == first ? 0 : _wanted == second ? 1
                : throw Error($"the positive value {ArffPlace.Quoted(_wanted)} is not one of its values {ArffPlace.Quoted(first)} and {ArffPlace.Quoted(second)}");
        }

        if (zeroOne ? attribute.Values[positive] != "1" : _wanted is null)
            _taken.Add((attribute.Name, attribute.Values[positive], attribute.Values[1 - positive]));
        return positive;

        AemloInputException Error(string reason) => new(reason, _file, line, column, attribute.Name);
    }

    /// <summary>One sentence per pair of values whose polarity was taken, not known.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. _taken
            .GroupBy(label => (label.Positive, label.Negative))
            .Select(group =>
            {
                string[] names = [.. group.Select(label => $"'{label.Label}'")];
                string labels = names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Length - 3} more";
                return $"{(names.Length == 1 ? "label" : "labels")} {labels}: {ArffPlace.Quoted(group.Key.Positive)} was taken as the value that means \"has the label\", {ArffPlace.Quoted(group.Key.Negative)} as the other";
            }),
    ];
}
