using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Engines;

/// <summary>What an oversampling gave, wherever it ran.</summary>
/// <param name="NewRows">The rows to write after the given ones.</param>
/// <param name="Before">Imbalance of the given rows.</param>
/// <param name="After">Imbalance of given and new rows together.</param>
/// <param name="Report">How it came about.</param>
internal sealed record OversampleOutcome(SyntheticRows NewRows, ImbalanceReport Before, ImbalanceReport After, RunReport Report)
{
    public static OversampleOutcome Of(OversamplingResult result) => new(result.Recipe.NewRows, result.Before, result.After, result.Report);
}

/// <summary>What a generation gave, wherever it ran.</summary>
/// <param name="Schema">The columns of the rows.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Report">How they came about.</param>
internal sealed record GenerateOutcome(DatasetSchema Schema, SyntheticRows Rows, RunReport Report);
