using AemloBridge.Imbalance;

namespace AemloBridge.Resampling.Mltl;

/// <summary>The distance of label sets above which rows count as different (Pereira, Costa, Silla 2020).</summary>
internal static class LabelThreshold
{
    private const double Large = 0.5;
    private const double Middle = 0.3;
    private const double Small = 0.15;

    /// <summary>TH by 1/√MeanIR; the largest where SCUMBLE is high.</summary>
    public static double Of(ImbalanceReport measures)
    {
        double balance = 1 / Math.Sqrt(measures.MeanIR);
        if (balance > Large || measures.Scumble > Middle)
            return Large;
        return balance > Middle ? Middle : Small;
    }
}
