using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.Mlsol;

/// <summary>The options of MLSOL by their names.</summary>
internal static class MlsolCatalogue
{
    private const string Paper = "Liu and Tsoumakas 2019, Section 3";
    private const double LargestRate = 1000;

    /// <summary>All of them, in the order help shows them.</summary>
    public static IReadOnlyList<MethodOption<MlsolOptions>> All { get; } =
    [
        OptionsOf<MlsolOptions>.Rate("New rows, as a share p of the given rows", Paper, LargestRate, o => o.Rate, (o, v) => o with { Rate = v }),
        OptionsOf<MlsolOptions>.Num("New rows: exact number; rate then does not apply", "floor(rate x rows)", o => o.Num, (o, v) => o with { Num = v }),
        OptionsOf<MlsolOptions>.Neighbours("k: neighbours that show how a label is spread around a row, one of which is the second parent", Paper, o => o.Neighbours, (o, v) => o with { Neighbours = v }),
        .. NeighbourOptionsOf<MlsolOptions>.Common,
    ];
}
