using AemloBridge.Data;
using CsCheck;

namespace AemloBridge.Tests.Data;

public class DatasetSchemaTests
{
    /// <summary>Refused exactly where walking up from some label never ends.</summary>
    [Fact]
    public void Constructor_AnyParents_RefusesCyclesAlone() =>
        Gen.Int[1, 8].SelectMany(count => Gen.Int[-1, count - 1].Array[count]).Sample(parents =>
        {
            DataAttribute[] attributes = [.. parents.Select((_, label) => DataAttribute.Nominal($"y{label}", "0", "1"))];
            LabelDefinition[] labels = [.. parents.Select((parent, label) => new LabelDefinition($"y{label}", label, 1, parent))];
            if (Enumerable.Range(0, parents.Length).All(Ends))
                Assert.Equal(parents, new DatasetSchema("r", attributes, labels).Labels.Select(label => label.Parent));
            else
                Assert.Contains("own ancestors", Assert.Throws<ArgumentException>(() => new DatasetSchema("r", attributes, labels)).Message, StringComparison.Ordinal);

            bool Ends(int label)
            {
                for (int step = 0; step <= parents.Length && label >= 0; step++)
                    label = parents[label];
                return label < 0;
            }
        });
}
