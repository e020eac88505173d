namespace AemloBridge.Neighbours.Estimates;

/// <summary>What turns the estimates of one query into bounds: d² lies within estimate + Norm ± Error.</summary>
/// <param name="Norm">N(q).</param>
/// <param name="Error">See <see cref="EstimateBound"/>; infinite where the estimates are of no use.</param>
internal readonly record struct EstimateBase(double Norm, double Error);
