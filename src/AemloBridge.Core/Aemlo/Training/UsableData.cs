using AemloBridge.Data;

namespace AemloBridge.Aemlo.Training;

/// <summary>What a data set needs before anything can be learned from it; the ARFF reader sees to it, other doors may not.</summary>
internal static class UsableData
{
    /// <exception cref="AemloInputException">The data set has no rows, no features, no labels, or a value that is no number.</exception>
    public static void Require(MultiLabelDataset data)
    {
        if (data.RowCount == 0)
            throw new AemloInputException("the data set has no rows; there is nothing to learn from");
        if (data.Schema.FeatureCount == 0)
            throw new AemloInputException("the data set has no features, only labels; name fewer labels");
        if (data.Schema.LabelCount == 0)
            throw new AemloInputException("the data set has no labels; name at least one");
        for (int row = 0; row < data.RowCount; row++)
        {
            ReadOnlySpan<double> values = data.Features.RowValues(row);
            for (int at = 0; at < values.Length; at++)
            {
                int column = data.Features.IsSparse ? data.Features.RowColumns(row)[at] : at;
                DataAttribute attribute = data.Schema.Features[column];
                double value = values[at];
                if (double.IsInfinity(value))
                    throw new AemloInputException($"row {row + 1}: attribute '{attribute.Name}' is {(value > 0 ? "+" : "-")}infinity; give a finite number, or NaN where the value is missing");
                if (attribute.IsNominal && !double.IsNaN(value) && !(value >= 0 && value < attribute.Values.Count && value == Math.Floor(value)))
                    throw new AemloInputException(FormattableString.Invariant($"row {row + 1}: attribute '{attribute.Name}' has code {value}, but its values are numbered 0 to {attribute.Values.Count - 1}"));
            }
        }
    }
}
