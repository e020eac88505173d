using AemloBridge.Data;

namespace AemloBridge.Aemlo.Generation;

/// <summary>Whether a data set has the columns a model was trained on.</summary>
internal static class SchemaMatch
{
    /// <summary>Requires the same attributes and labels, in the same order.</summary>
    /// <exception cref="AemloInputException">The first difference is named.</exception>
    public static void Require(DatasetSchema model, DatasetSchema data)
    {
        if (model.Attributes.Count != data.Attributes.Count)
            throw new AemloInputException($"the data set has {data.Attributes.Count} attributes, the model was trained on {model.Attributes.Count}");
        for (int index = 0; index < model.Attributes.Count; index++)
        {
            DataAttribute expected = model.Attributes[index], found = data.Attributes[index];
            if (expected.Name != found.Name)
                throw new AemloInputException($"attribute {index + 1} of the data set is '{found.Name}', the model was trained on '{expected.Name}' there");
            if (expected.Kind != found.Kind || !expected.Values.SequenceEqual(found.Values))
                throw new AemloInputException($"attribute '{found.Name}' has another type or other values than in the data the model was trained on");
        }

        LabelDefinition[] different = [.. model.Labels.Except(data.Labels)];
        if (different.Length > 0 || model.LabelCount != data.LabelCount)
            throw new AemloInputException($"the labels of the data set are not those of the model{(different.Length > 0 ? $": '{different[0].Name}' differs" : $": {data.LabelCount} instead of {model.LabelCount}")}");
    }
}
