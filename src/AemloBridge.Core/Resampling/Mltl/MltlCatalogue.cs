using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mltl;

/// <summary>The options of MLTL by their names.</summary>
internal static class MltlCatalogue
{
    private const string Paper = "Pereira, Costa, Silla 2020";
    private const string Program = "the authors' program";
    private const string Own = "AEMLO Bridge";

    /// <summary>All of them, in the order help shows them.</summary>
    public static IReadOnlyList<MethodOption<MltlOptions>> All { get; } =
    [
        OptionsOf<MltlOptions>.Neighbours("k: neighbours among which links are looked for; 1 is the classical link", Own, o => o.Neighbours, (o, v) => o with { Neighbours = v }),
        OptionsOf<MltlOptions>.Choice("mode", "Links between rows that are neighbours of each other, or each row against its own neighbours as in the authors' program", Own, o => o.Mode, (o, v) => o with { Mode = v }),
        OptionsOf<MltlOptions>.UnsetReal("threshold", "TH: label sets whose distance is above it differ", "", Paper, "0.5, 0.3 or 0.15 by MeanIR, 0.5 where SCUMBLE is above 0.3", 0, 1, o => o.Threshold, (o, v) => o with { Threshold = v }),
        OptionsOf<MltlOptions>.Flag("protect-minority", "Keeps rows with a minority label in the mode of the authors, whose program does not", Own, o => o.ProtectMinority, (o, v) => o with { ProtectMinority = v }),
        OptionsOf<MltlOptions>.Flag("jaccard-denominator", "Divides the labels that two rows do not share by the size of their union, not by the sum of their sizes", Program, o => o.JaccardDenominator, (o, v) => o with { JaccardDenominator = v }),
        .. NeighbourOptionsOf<MltlOptions>.Common,
    ];
}
