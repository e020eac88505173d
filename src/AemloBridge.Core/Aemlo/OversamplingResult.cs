using AemloBridge.Aemlo.Reporting;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo;

/// <summary>What an oversampling run gives back.</summary>
/// <param name="Recipe">All given rows, then the new ones.</param>
/// <param name="Report">How they came about.</param>
public sealed record OversamplingResult(ResamplingRecipe Recipe, RunReport Report);
