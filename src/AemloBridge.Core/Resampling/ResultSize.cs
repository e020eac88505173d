using AemloBridge.Resampling.Mlbote;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Resampling.Mlsol;
using AemloBridge.Resampling.Mltl;
using AemloBridge.Resampling.Remedial;
using AemloBridge.Resampling.RemedialHwr;

namespace AemloBridge.Resampling;

/// <summary>How much a method will make, as far as its options and the number of rows tell.</summary>
/// <param name="NewRows">New rows: exact where the options give the number; where labels decide, what real data does not exceed.</param>
/// <param name="RepeatedRows">Clones, at most.</param>
/// <param name="Neighbours">Neighbours kept for each row.</param>
internal readonly record struct ResultSize(double NewRows, double RepeatedRows, double Neighbours)
{
    // Minority labels are rare by definition: on the data sets of the paper MLSMOTE makes 0.04 to 0.8 rows for each given one.
    private const double MlsmotePerRow = 2;

    // MLBOTE: 0.1 to 0.6 for each given row there; a part of what its stages ask for.
    private const double MlbotePerRow = 3;

    /// <summary>The size for so many rows.</summary>
    /// <param name="options">The method's options.</param>
    /// <param name="rows">n.</param>
    public static ResultSize Of(ResamplingOptions options, double rows) => options switch
    {
        MlsolOptions mlsol => new(mlsol.Num ?? mlsol.Rate * rows, 0, mlsol.Neighbours),
        MlsmoteOptions mlsmote => new(mlsmote.Num ?? MlsmotePerRow * rows, 0, mlsmote.Neighbours),
        MlboteOptions mlbote => new(MlbotePerRow * rows, 0, 4.0 * (mlbote.Neighbours + mlbote.BorderNeighbours)),
        MltlOptions mltl => new(0, 0, mltl.Neighbours),
        RemedialOptions => new(rows, 0, 0),
        RemedialHwrOptions hwr => new(rows + AfterDecoupling(hwr, 2 * rows), 0, hwr.Neighbours ?? MlsmoteOptions.DefaultNeighbours),
        AmountOptions amount => new(0, amount.Num ?? amount.Rate * rows, 0),
        _ => new(0, 0, 0),
    };

    // Clones of decoupled rows are new rows.
    private static double AfterDecoupling(RemedialHwrOptions options, double rows) => options.Partner switch
    {
        HwrPartner.Mlros => options.Num ?? options.Rate * rows,
        HwrPartner.Mlsmote => options.Num ?? MlsmotePerRow * rows,
        _ => 0,
    };
}
