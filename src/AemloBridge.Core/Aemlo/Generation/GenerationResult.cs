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
    IReadOnlyList<string> Warnings);
