namespace AemloBridge.Resampling.Mlbote;

/// <summary>Makes rows of rare labels away from the borders, until each is as frequent as the rarest label that is not too rare.</summary>
internal static class Interior
{
    /// <summary>Makes the rows.</summary>
    /// <param name="rows">The current rows, to which the new ones are added.</param>
    /// <param name="roles">C_j of the original rows.</param>
    /// <param name="densities">The latest ones: rows without weight are inner ones.</param>
    /// <param name="draw">Draws them.</param>
    /// <param name="disjunctRatio">How far above the mean a label's n/C_j must be.</param>
    /// <param name="cancellationToken">Honoured label by label.</param>
    /// <returns>How many were asked for and made.</returns>
    public static StageCount Append(CurrentRows rows, LabelRoles roles, Densities densities, SeedDraw draw, double disjunctRatio, CancellationToken cancellationToken)
    {
        var count = new StageCount("interior");
        Dictionary<int, int> needs = Needs(rows, roles, disjunctRatio);
        while (needs.Values.Any(need => need > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int label, int need) = needs.Where(pair => pair.Value > 0).MinBy(pair => (pair.Value, pair.Key));
            List<DrawnRow> drawn = draw.Draw(Seeds(rows, label, densities), need);
            count.Add(need, drawn.Count);
            rows.Append(drawn);
            needs.Remove(label);
            foreach (int other in needs.Keys)
                needs[other] -= drawn.Count(row => rows.OriginalLabels[row.Seed, other]);
        }

        return count;
    }

    private static Dictionary<int, int> Needs(CurrentRows rows, LabelRoles roles, double disjunctRatio)
    {
        int[] labels = [.. Enumerable.Range(0, rows.Positives.Length).Where(label => rows.Positives[label] > 0)];
        if (labels.Length == 0)
            return [];
        double limit = labels.Average(label => (double)rows.Count / rows.Positives[label]) * disjunctRatio;
        ILookup<bool, int> byRarity = labels.ToLookup(label => (double)rows.Count / rows.Positives[label] > limit);
        if (!byRarity[false].Any())
            return [];
        int goal = byRarity[false].Min(label => rows.Positives[label]);
        return byRarity[true].Where(label => roles.Positives[label] > 1).ToDictionary(label => label, label => goal - rows.Positives[label]);
    }

    private static double[] Seeds(CurrentRows rows, int label, Densities densities)
    {
        var seeds = new double[densities.Self.Length];
        var inner = new double[seeds.Length];
        for (int row = 0; row < seeds.Length; row++)
        {
            seeds[row] = rows.OriginalLabels[row, label] ? 1 : 0;
            inner[row] = densities.Self[row] == 0 && densities.Negative[row] == 0 ? seeds[row] : 0;
        }

        return Array.Exists(inner, weight => weight > 0) ? inner : seeds;
    }
}
