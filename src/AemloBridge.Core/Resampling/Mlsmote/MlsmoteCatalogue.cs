using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlsmote;

/// <summary>The options of MLSMOTE by their names.</summary>
internal static class MlsmoteCatalogue
{
    private const string Paper = "Charte et al. 2015, Algorithm 1";

    /// <summary>All of them, in the order help shows them.</summary>
    public static IReadOnlyList<MethodOption<MlsmoteOptions>> All { get; } =
    [
        OptionsOf<MlsmoteOptions>.Num("New rows: exact number", "one for every row of every minority label", o => o.Num, (o, v) => o with { Num = v }),
        OptionsOf<MlsmoteOptions>.Neighbours("k: a row's neighbours among the rows with the same label", Paper, o => o.Neighbours, (o, v) => o with { Neighbours = v }),
        OptionsOf<MlsmoteOptions>.Choice("label-rule", "Labels that more than half, any or all of the seed and its neighbours have", Paper, o => o.LabelRule, (o, v) => o with { LabelRule = v }),
        OptionsOf<MlsmoteOptions>.Choice("nominal-distance", "How nominal values differ: 0 or 1, or by how often rows with them have the label", Paper, o => o.NominalDistance, (o, v) => o with { NominalDistance = v }),
        .. NeighbourOptionsOf<MlsmoteOptions>.Common,
    ];
}
