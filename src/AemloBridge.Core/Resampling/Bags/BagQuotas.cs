namespace AemloBridge.Resampling.Bags;

/// <summary>Spreads an amount over bags in equal shares; what a bag cannot take is spread over those after it.</summary>
internal static class BagQuotas
{
    /// <summary>How much each bag takes: min(its capacity, ⌊what is left / bags left⌋), so that the last takes what the divisions left over.</summary>
    /// <param name="capacities">What each can take at most, ascending: then all is spread that the bags can take together.</param>
    /// <param name="amount">How much there is.</param>
    public static int[] Of(IReadOnlyList<int> capacities, int amount)
    {
        var quotas = new int[capacities.Count];
        int left = amount;
        for (int bag = 0; bag < quotas.Length; bag++)
        {
            quotas[bag] = Math.Min(capacities[bag], left / (quotas.Length - bag));
            left -= quotas[bag];
        }

        return quotas;
    }
}
