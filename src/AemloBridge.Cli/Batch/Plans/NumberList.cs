using System.Globalization;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Whole numbers of a plan: single ones and ranges such as <c>1..10</c>, which hold both their ends.</summary>
internal static class NumberList
{
    private const string Between = "..";
    private const int Most = 100_000;

    /// <summary>The numbers of a list, or of a single value.</summary>
    /// <exception cref="Data.AemloInputException">One is no number, is out of range, or stands there twice.</exception>
    public static IReadOnlyList<long> Read(PlanNode node, long minimum, long maximum)
    {
        var numbers = new List<long>();
        var known = new HashSet<long>();
        foreach (PlanNode item in node.Items)
        {
            (long first, long last) = Range(item, minimum, maximum);
            if (last - first >= Most)
                throw item.Place.Wrong($"more than {Most} numbers");
            for (long number = first; number <= last; number++)
            {
                if (!known.Add(number))
                    throw item.Place.Wrong($"{number} stands there twice");
                numbers.Add(number);
            }
        }

        return numbers;
    }

    /// <summary>Whether a text is a range.</summary>
    public static bool IsRange(string text) => text.Contains(Between, StringComparison.Ordinal);

    private static (long First, long Last) Range(PlanNode item, long minimum, long maximum)
    {
        string text = item.Text;
        string[] ends = text.Split(Between);
        if (ends.Length > 2)
            throw item.Place.Wrong($"'{text}' is no range; expected FIRST{Between}LAST");
        long first = One(ends[0], item, minimum, maximum);
        long last = One(ends[^1], item, minimum, maximum);
        return last >= first ? (first, last) : throw item.Place.Wrong($"'{text}' holds no number: its end comes before its beginning");
    }

    private static long One(string text, PlanNode item, long minimum, long maximum)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number))
            throw item.Place.Wrong($"'{text}' is not a whole number; expected one, or a range such as 1{Between}10");
        return number >= minimum && number <= maximum ? number : throw item.Place.Wrong($"{number} is out of range; allowed: [{minimum}, {maximum}]");
    }
}
