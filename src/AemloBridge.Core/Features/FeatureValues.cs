using AemloBridge.Data;

namespace AemloBridge.Features;

/// <summary>Whether every cell holds what its attribute allows; the ARFF reader sees to it, other doors may not.</summary>
internal static class FeatureValues
{
    /// <summary>The first cell that is neither a finite number, nor one of the attribute's codes, nor missing; null when there is none.</summary>
    /// <returns>A sentence part that names row (from 1), attribute and what is wrong.</returns>
    public static string? FindInvalid(DatasetSchema schema, FeatureMatrix features)
    {
        for (int row = 0; row < features.RowCount; row++)
        {
            ReadOnlySpan<double> values = features.RowValues(row);
            for (int at = 0; at < values.Length; at++)
            {
                DataAttribute attribute = schema.Features[features.IsSparse ? features.RowColumns(row)[at] : at];
                double value = values[at];
                if (double.IsInfinity(value))
                    return $"row {row + 1}: attribute '{attribute.Name}' is {(value > 0 ? "+" : "-")}infinity; give a finite number, or NaN where the value is missing";
                if (attribute.IsNominal && !double.IsNaN(value) && !(value >= 0 && value < attribute.Values.Count && value == Math.Floor(value)))
                    return FormattableString.Invariant($"row {row + 1}: attribute '{attribute.Name}' has code {value}, but its values are numbered 0 to {attribute.Values.Count - 1}");
            }
        }

        return null;
    }
}
