using AemloBridge.Aemlo.Reporting;
using AemloBridge.Imbalance;

namespace AemloBridge.Resampling;

/// <summary>What a run of a resampling method gives back.</summary>
/// <param name="Recipe">What to do to the given rows.</param>
/// <param name="Before">Imbalance of the given rows.</param>
/// <param name="After">Imbalance of what the recipe gives.</param>
/// <param name="Report">How it came about.</param>
public record ResamplingResult(ResamplingRecipe Recipe, ImbalanceReport Before, ImbalanceReport After, RunReport Report);
