using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Mlros;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Resampling.Options;
using AemloBridge.Resampling.Remedial;

namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>
/// REMEDIAL-HwR (Charte et al., Neurocomputing 326–327, 2019): REMEDIAL, and then another method on what it made: MLROS
/// (<see cref="MinorityCloning"/>), MLSMOTE (<see cref="MlsmoteMethod"/>) or MLeNN (<see cref="EditedNearestNeighbours"/>).
/// </summary>
/// <remarks>
/// The second step measures everything anew on the decoupled rows: the given ones, then the new halves. Random draws:
/// those of the second step, with its rows counted in that order.
/// </remarks>
internal sealed class RemedialHwrMethod : ResamplingMethod<RemedialHwrOptions>
{
    private const string Paper = "Charte, Rivera, del Jesus, Herrera: REMEDIAL-HwR, Neurocomputing 326-327, 2019";
    private const string Mlenn = "Charte et al.: MLeNN, IDEAL 2014";

    /// <inheritdoc/>
    public override string Title => "REMEDIAL-HwR";

    /// <inheritdoc/>
    public override string Description => "REMEDIAL followed by a resampling of the decoupled rows";

    /// <inheritdoc/>
    public override string Source => Paper;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodOption> Options { get; } =
    [
        OptionsOf<RemedialHwrOptions>.Choice("partner", "What follows the decoupling: MLROS, MLSMOTE or MLeNN", Paper, o => o.Partner, (o, v) => o with { Partner = v }),
        OptionsOf<RemedialHwrOptions>.Rate("MLROS: clones, as a share p of the rows after decoupling", Paper, 1000, o => o.Rate, (o, v) => o with { Rate = v }),
        OptionsOf<RemedialHwrOptions>.Num("MLROS and MLSMOTE: exact number of rows to add; rate then does not apply", "floor(rate x rows) for mlros, one for every row of every minority label for mlsmote", o => o.Num, (o, v) => o with { Num = v }),
        OptionsOf<RemedialHwrOptions>.Unset("neighbours", "MLSMOTE and MLeNN: neighbours k of a row", "rows", Paper, "5 for mlsmote, 3 for enn", 1, 65536, o => o.Neighbours, (o, v) => o with { Neighbours = checked((int)v) }),
        OptionsOf<RemedialHwrOptions>.Choice("label-rule", "MLSMOTE: labels that more than half, any or all of the seed and its neighbours have", Paper, o => o.LabelRule, (o, v) => o with { LabelRule = v }),
        OptionsOf<RemedialHwrOptions>.Real("difference", "MLeNN: adjusted Hamming distance above which the labels of two rows differ", "", Mlenn, 0, 1, o => o.Difference, (o, v) => o with { Difference = v }),
        .. NeighbourOptionsOf<RemedialHwrOptions>.Common,
    ];

    /// <inheritdoc/>
    protected override Resampled Resample(MultiLabelDataset data, RemedialHwrOptions options, SeededRandom random, CancellationToken cancellationToken)
    {
        Resampled first = Decoupling.Resample(data, cancellationToken);
        MultiLabelDataset decoupled = first.Recipe.ApplyTo(data);
        Resampled second = options.Partner switch
        {
            HwrPartner.Mlros => MinorityCloning.Resample(decoupled, options.Rate, options.Num, random, cancellationToken),
            HwrPartner.Mlsmote => MlsmoteMethod.Oversample(decoupled, Mlsmote(options), random, cancellationToken),
            HwrPartner.Enn => EditedNearestNeighbours.Resample(
                decoupled,
                options.Neighbours ?? EditedNearestNeighbours.DefaultNeighbours,
                options.Difference,
                new NeighbourSearchOptions { Device = options.Device, Threads = options.Threads },
                cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        ResamplingRecipe recipe = AfterDecoupling.Combine(data, first.Recipe, decoupled, second.Recipe);
        if (recipe.RowCount(data.RowCount) == 0)
            throw data.Error("MLeNN would take every row away: no row has a minority label, and the labels of neighbours differ; use another --partner or a larger --difference");
        int missing = second.Requested - Changed(second.Recipe, decoupled.RowCount);
        return new Resampled(recipe, Changed(recipe, data.RowCount) + missing,
        [
            .. PartnerOptions.Unread(Options, options).Select(name => $"{name} does not apply to the partner {OptionWords.ToWord(options.Partner)}"),
            .. first.Warnings.Select(warning => $"REMEDIAL: {warning}"),
            .. second.Warnings.Select(warning => $"{OptionWords.ToWord(options.Partner)}: {warning}"),
        ]);
    }

    private static MlsmoteOptions Mlsmote(RemedialHwrOptions options) => new()
    {
        Num = options.Num,
        Neighbours = options.Neighbours ?? MlsmoteOptions.DefaultNeighbours,
        LabelRule = options.LabelRule,
        Device = options.Device,
        Threads = options.Threads,
    };

    /// <summary>Rows added and rows taken away.</summary>
    private static int Changed(ResamplingRecipe recipe, int rows) =>
        recipe.CloneSources.Length + recipe.NewRows.Count + (recipe.KeptRows is { } kept ? rows - kept.Length : 0);
}
