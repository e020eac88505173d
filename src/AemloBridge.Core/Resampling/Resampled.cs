namespace AemloBridge.Resampling;

/// <summary>What a method made of a data set, before anything is measured.</summary>
/// <param name="Recipe">What to do to the given rows.</param>
/// <param name="Requested">How many rows were to be added or taken away; equals what the recipe does where the method knows no such number.</param>
/// <param name="Warnings">What the user should know, each a sentence without a full stop; why, where nothing was done.</param>
internal sealed record Resampled(ResamplingRecipe Recipe, int Requested, IReadOnlyList<string> Warnings);
