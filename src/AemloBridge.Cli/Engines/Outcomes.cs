using AemloBridge.Aemlo.Reporting;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Engines;

/// <summary>What an oversampling gave, wherever it ran.</summary>
/// <param name="Recipe">What to do to the given rows.</param>
/// <param name="Before">Imbalance of the given rows.</param>
/// <param name="After">Imbalance of what comes out.</param>
/// <param name="Report">How it came about.</param>
internal sealed record OversampleOutcome(ResamplingRecipe Recipe, ImbalanceReport Before, ImbalanceReport After, RunReport Report)
{
    public static OversampleOutcome Of(ResamplingResult result) => new(result.Recipe, result.Before, result.After, result.Report);
}

/// <summary>What a generation gave, wherever it ran.</summary>
/// <param name="Schema">The columns of the rows.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Report">How they came about.</param>
internal sealed record GenerateOutcome(DatasetSchema Schema, SyntheticRows Rows, RunReport Report);
