namespace AemloBridge.Resampling;

/// <summary>One label of one original row that a resampling method changed.</summary>
/// <param name="Row">Position in the original data set.</param>
/// <param name="Label">Position among the labels.</param>
/// <param name="Value">The new value.</param>
public readonly record struct LabelEdit(int Row, int Label, bool Value);
