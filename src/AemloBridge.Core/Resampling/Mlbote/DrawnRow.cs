namespace AemloBridge.Resampling.Mlbote;

/// <summary>What was drawn for one new row.</summary>
/// <param name="Seed">The original row whose labels it has.</param>
/// <param name="Reference">The original row, with the same labels, that it lies towards.</param>
/// <param name="Step">u: how far.</param>
internal readonly record struct DrawnRow(int Seed, int Reference, double Step);
