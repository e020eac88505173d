using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo.Generation;

/// <summary>New rows and how they came about.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Requested">How many were wanted.</param>
/// <param name="Draws">How many seeds were drawn for them.</param>
/// <param name="Seed">The seed of the random stream, also when it was drawn.</param>
/// <param name="Statistics">How the rows compare with their seeds.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record GenerationResult(
    SyntheticRows Rows,
    int Requested,
    int Draws,
    long Seed,
    GenerationStatistics Statistics,
    IReadOnlyList<string> Warnings)
{
    /// <summary>No rows, and the sentence that says why.</summary>
    /// <param name="like">Data whose schema and form (dense or sparse) the rows would have.</param>
    /// <param name="options">Options with a seed.</param>
    /// <param name="wanted">How many were wanted.</param>
    /// <param name="why">The sentence.</param>
    internal static GenerationResult Nothing(MultiLabelDataset like, AemloOptions options, int wanted, string why)
    {
        SyntheticRows none = SyntheticRows.None(like);
        return new GenerationResult(none, wanted, 0, options.Seed!.Value, GenerationStatistics.Of(none, like, []), [why]);
    }
}
