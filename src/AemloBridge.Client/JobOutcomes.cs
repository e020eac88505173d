using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;

namespace AemloBridge.Client;

/// <summary>The result of Oversample or Generate.</summary>
/// <param name="Recipe">What is to be done to the given rows: for AEMLO, the new rows after them.</param>
/// <param name="Schema">The columns of the new rows.</param>
/// <param name="Report">How it came about.</param>
public sealed record ResamplingOutcome(ResamplingRecipe Recipe, Data.DatasetSchema Schema, JobReport Report);

/// <summary>The result of Train.</summary>
/// <param name="ModelId">The model, on the server.</param>
/// <param name="Report">How it came about.</param>
public sealed record TrainingOutcome(string ModelId, JobReport Report);
