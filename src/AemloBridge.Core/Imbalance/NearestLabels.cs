using AemloBridge.Aemlo.Options;

namespace AemloBridge.Imbalance;

/// <summary>The labels that came closest to being minority labels, for data that has none.</summary>
internal static class NearestLabels
{
    private const int Shown = 3;

    /// <summary>A sentence part that names them with their figures and the cuts they missed.</summary>
    public static string Describe(ImbalanceReport report, AemloOptions options)
    {
        bool bothCuts = options.MinorityRule == MinorityRule.ImrAndIrlbl;
        string[] nearest = [.. report.Labels
            .Where(label => label.Positives > 0 && double.IsFinite(label.ImR))
            .OrderByDescending(label => Math.Min(bothCuts ? label.ImR / options.MinorityCut : double.MaxValue, label.IRLbl / report.MeanIR))
            .Take(Shown)
            .Select(label => FormattableString.Invariant($"'{label.Name}' (ImR {label.ImR:F2}, IRLbl {label.IRLbl:F2})"))];
        if (nearest.Length == 0)
            return "no label has both positive and negative rows";
        string cuts = bothCuts
            ? FormattableString.Invariant($"ImR above {options.MinorityCut} and IRLbl above MeanIR {report.MeanIR:F2}")
            : FormattableString.Invariant($"IRLbl above MeanIR {report.MeanIR:F2}");
        return $"nearest to the cuts ({cuts}) are {string.Join(", ", nearest)}";
    }
}
