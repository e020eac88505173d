using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo;

/// <summary>What a run of AEMLO gives back.</summary>
/// <param name="Recipe">All given rows, then the new ones.</param>
/// <param name="Generated">The new rows and how they compare with their seeds.</param>
/// <param name="Before">Imbalance of the given rows.</param>
/// <param name="After">Imbalance of given and new rows together.</param>
/// <param name="Report">How it all came about.</param>
public sealed record OversamplingResult(
    ResamplingRecipe Recipe,
    GenerationResult Generated,
    ImbalanceReport Before,
    ImbalanceReport After,
    RunReport Report) : ResamplingResult(Recipe, Before, After, Report);
