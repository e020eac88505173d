namespace AemloBridge.Resampling.Mlbote;

/// <summary>What the borders' densities say about each original row.</summary>
/// <param name="Self">wT: weights of positive border rows of target labels as seeds; they sum to 1, or are all 0.</param>
/// <param name="Negative">wR: how much room negative border rows have against their positive neighbours, most over the labels.</param>
/// <param name="Ratio">ρ: how dense the nearest positive rows are against a negative border row, least over the labels; 0 outside the borders.</param>
internal sealed record Densities(double[] Self, double[] Negative, double[] Ratio);
