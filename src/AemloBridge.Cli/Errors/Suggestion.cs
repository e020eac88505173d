namespace AemloBridge.Cli.Errors;

/// <summary>"Did you mean": the known word nearest to a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary>The candidate with the fewest edits, when these are few for its length; otherwise null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int fewest = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int edits = Edits(word, candidate);
            if (edits >= fewest)
                continue;
            fewest = edits;
            best = candidate;
        }

        return best;
    }

    /// <summary>Levenshtein distance: insertions, deletions and replacements that turn one word into the other.</summary>
    internal static int Edits(string from, string to)
    {
        int[] previous = [.. Enumerable.Range(0, to.Length + 1)];
        var current = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[to.Length];
    }
}
