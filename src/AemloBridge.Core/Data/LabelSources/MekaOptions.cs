using System.Globalization;
using System.Text.RegularExpressions;

namespace AemloBridge.Data.LabelSources;

/// <summary>The options that MEKA keeps in a relation's name, as in <c>name: -C 6 -split-percentage 50</c>.</summary>
internal static partial class MekaOptions
{
    /// <summary>Finds <c>-C n</c> behind the first colon of a relation's name.</summary>
    /// <param name="relationName">The name, unquoted.</param>
    /// <param name="count">n: that many labels at the beginning, or at the end when negative; clamped to an int.</param>
    /// <returns>False when the name holds no such option.</returns>
    public static bool TryFindLabelCount(string relationName, out int count)
    {
        count = 0;
        int colon = relationName.IndexOf(':', StringComparison.Ordinal);
        Match match = colon < 0 ? Match.Empty : LabelCount().Match(relationName, colon + 1);
        if (!match.Success)
            return false;
        count = int.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : int.MaxValue;
        return true;
    }

    // Weka's filters append their own names directly behind the number, hence no blank is asked for there.
    [GeneratedRegex(@"(?<=[\s:])-C\s+(-?[0-9]+)(?![0-9.])", RegexOptions.CultureInvariant)]
    private static partial Regex LabelCount();
}
