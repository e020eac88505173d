namespace AemloBridge.Resampling.Mlbote;

/// <summary>The density ratio above which negative border rows are seeds, and what it asks for.</summary>
internal static class CrossThreshold
{
    /// <summary>No seed asks for more rows than this.</summary>
    private const double MostPerSeed = 5;
    private const double Step = 0.1;
    private const double Lowest = 1.1;

    /// <summary>Weights of the seeds: ρ − 1 above the threshold, otherwise 0.</summary>
    public static double[] Weights(double[] ratios, double threshold) => Array.ConvertAll(ratios, ratio => ratio > threshold ? ratio - 1 : 0);

    /// <summary>How many rows the seeds ask for.</summary>
    /// <param name="weights">As <see cref="Weights"/> gives them.</param>
    public static int Count(double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += Math.Min(weight, MostPerSeed);
        return checked((int)Math.Floor(sum));
    }

    /// <summary>The threshold of the next loop: higher while much is left to make, lower when nothing is.</summary>
    /// <param name="threshold">That of this loop.</param>
    /// <param name="made">How many rows this loop's cross-borderline stage made.</param>
    /// <param name="ratios">ρ after them.</param>
    /// <param name="adaptRatio">The share above which much is left.</param>
    public static double Adapt(double threshold, int made, double[] ratios, double adaptRatio)
    {
        double rest = 0;
        foreach (double ratio in ratios)
        {
            if (ratio > threshold)
                rest += Math.Min(Math.Floor(ratio / threshold - 1), MostPerSeed);
        }

        if (made > 0 && rest / made > adaptRatio)
            threshold += Step;
        else if ((made == 0 || rest == 0) && threshold > Lowest)
            threshold -= Step;
        return Math.Round(threshold, 1);
    }
}
