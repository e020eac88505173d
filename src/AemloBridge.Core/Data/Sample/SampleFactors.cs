namespace AemloBridge.Data.Sample;

/// <summary>The hidden factors of a row, which drive its features and its labels alike.</summary>
internal static class SampleFactors
{
    /// <summary>How many factors a row has.</summary>
    public const int Count = 6;

    /// <summary>Draws weights of which about half are 0, scaled to a sum of squares of 1.</summary>
    public static double[] Loadings(SampleRandom random)
    {
        var loadings = new double[Count];
        double squares = 0;
        while (squares == 0)
        {
            for (int factor = 0; factor < Count; factor++)
            {
                loadings[factor] = random.Uniform() < 0.5 ? 0 : random.Normal();
                squares += loadings[factor] * loadings[factor];
            }
        }

        double length = Math.Sqrt(squares);
        return [.. loadings.Select(loading => loading / length)];
    }

    /// <summary>The weighted sum of a row's factors.</summary>
    public static double Score(ReadOnlySpan<double> factors, ReadOnlySpan<double> loadings)
    {
        double score = 0;
        for (int factor = 0; factor < Count; factor++)
            score += factors[factor] * loadings[factor];
        return score;
    }
}
