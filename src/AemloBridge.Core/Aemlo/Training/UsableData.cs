using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Aemlo.Training;

/// <summary>What a data set needs before anything can be learned from it; the ARFF reader sees to it, other doors may not.</summary>
internal static class UsableData
{
    /// <exception cref="AemloInputException">The data set has no rows, no features, no labels, or a value that is no number.</exception>
    public static void Require(MultiLabelDataset data)
    {
        if (data.RowCount == 0)
            throw data.Error("the data set has no rows; there is nothing to learn from");
        if (data.Schema.FeatureCount == 0)
            throw data.Error("the data set has no features, only labels; name fewer labels");
        if (data.Schema.LabelCount == 0)
            throw data.Error("the data set has no labels; name at least one");
        RequireValues(data);
    }

    /// <exception cref="AemloInputException">A value is no number, or no code of its attribute.</exception>
    public static void RequireValues(MultiLabelDataset data)
    {
        if (FeatureValues.FindInvalid(data.Schema, data.Features) is { } problem)
            throw data.Error(problem);
    }
}
