using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlbote;

/// <summary>The options of MLBOTE by their names.</summary>
internal static class MlboteCatalogue
{
    private const string Driver = "the authors' command-line driver";
    private const string Own = "AEMLO Bridge";

    // Beyond these nothing changes any more, and sums of weights stay far below what float64 holds.
    private const int MostNeighbours = 65536;
    private const double Largest = 1e6;

    /// <summary>All of them, in the order help shows them.</summary>
    public static IReadOnlyList<MethodOption<MlboteOptions>> All { get; } =
    [
        OptionsOf<MlboteOptions>.Real("self-ratio", "alphaS: self-borderline rows per seed row and unit of mean ImR, at most 10 per seed row", "", Driver, 0, Largest, o => o.SelfRatio, (o, v) => o with { SelfRatio = v }),
        OptionsOf<MlboteOptions>.Whole("loops", "How often the self-borderline and the cross-borderline stage take turns", "loops", Driver, 1, 10000, o => o.Loops, (o, v) => o with { Loops = v }),
        OptionsOf<MlboteOptions>.Flag("spread-remainder", "Self-borderline rows lost by rounding their number in each loop are made in some of the loops", Own, o => o.SpreadRemainder, (o, v) => o with { SpreadRemainder = v }),
        OptionsOf<MlboteOptions>.Flag("cross", "Makes rows at negative border rows that lie sparser than the positive rows next to them", Driver, o => o.Cross, (o, v) => o with { Cross = v }),
        OptionsOf<MlboteOptions>.Real("cross-threshold", "thC: density ratio above which a negative border row is a seed", "", Driver, 1, Largest, o => o.CrossThreshold, (o, v) => o with { CrossThreshold = v }),
        OptionsOf<MlboteOptions>.Flag("adapt-threshold", "Adapts the cross threshold after every loop", Driver, o => o.AdaptThreshold, (o, v) => o with { AdaptThreshold = v }),
        OptionsOf<MlboteOptions>.Real("adapt-ratio", "Rows still missing per row made above which the cross threshold rises", "", Driver, 0, Largest, o => o.AdaptRatio, (o, v) => o with { AdaptRatio = v }),
        OptionsOf<MlboteOptions>.Flag("interior", "Makes rows inside small disjuncts, away from the borders", Driver, o => o.Interior, (o, v) => o with { Interior = v }),
        OptionsOf<MlboteOptions>.Real("disjunct-ratio", "A label whose n/C_j exceeds the mean by this factor is raised by the interior stage", "", Driver, 0, Largest, o => o.DisjunctRatio, (o, v) => o with { DisjunctRatio = v }),
        OptionsOf<MlboteOptions>.Neighbours("kw: neighbours that densities are measured with, and reference rows of a seed", Driver, o => o.Neighbours, (o, v) => o with { Neighbours = v }),
        Count("border-neighbours", "kb: neighbours of the other class that define the borders", o => o.BorderNeighbours, (o, v) => o with { BorderNeighbours = v }),
        Count("noise-neighbours", "kn: a label that none of so many nearest rows has may be noise", o => o.NoiseNeighbours, (o, v) => o with { NoiseNeighbours = v }),
        Count("noise-label-neighbours", "knd: noise is not among so many nearest rows of any row with the label, and far from all of them", o => o.NoiseLabelNeighbours, (o, v) => o with { NoiseLabelNeighbours = v }),
        OptionsOf<MlboteOptions>.Real("imbalance-threshold", "thImR: a label with more negatives per positive is a target, as is one with IRLbl above MeanIR", "", Driver, 0, Largest, o => o.ImbalanceThreshold, (o, v) => o with { ImbalanceThreshold = v }),
        OptionsOf<MlboteOptions>.Real("frequency-damping", "Cn: the weight of the most frequent target label is divided by 1 + Cn", "", Driver, 0, Largest, o => o.FrequencyDamping, (o, v) => o with { FrequencyDamping = v }),
        OptionsOf<MlboteOptions>.Positive("step-size", "How far towards its reference row a new row may lie", Driver, 10, o => o.StepSize, (o, v) => o with { StepSize = v }),
        OptionsOf<MlboteOptions>.Flag("scale-numeric", "Divides differences of numeric features by their range; the authors' code does not", Own, o => o.ScaleNumeric, (o, v) => o with { ScaleNumeric = v }),
        .. NeighbourOptionsOf<MlboteOptions>.Common,
    ];

    private static MethodOption<MlboteOptions> Count(string name, string description, Func<MlboteOptions, int> get, Func<MlboteOptions, int, MlboteOptions> set) =>
        OptionsOf<MlboteOptions>.Whole(name, description, "rows", Driver, 1, MostNeighbours, get, set);
}
