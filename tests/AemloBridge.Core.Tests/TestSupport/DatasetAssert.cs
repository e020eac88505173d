using AemloBridge.Data;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Compares data sets cell by cell, through the indexers rather than the stored arrays.</summary>
public static class DatasetAssert
{
    public static void Equal(MultiLabelDataset expected, MultiLabelDataset actual)
    {
        EqualSchema(expected.Schema, actual.Schema);
        Assert.Equal(expected.RowCount, actual.RowCount);
        EqualRows(expected, 0, actual, 0, expected.RowCount);
    }

    public static void EqualSchema(DatasetSchema expected, DatasetSchema actual)
    {
        Assert.Equal(expected.RelationName, actual.RelationName);
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Attributes.Count, actual.Attributes.Count);
        foreach ((DataAttribute left, DataAttribute right) in expected.Attributes.Zip(actual.Attributes))
        {
            Assert.Equal((left.Name, left.Kind, left.DeclaredType), (right.Name, right.Kind, right.DeclaredType));
            Assert.Equal(left.Values, right.Values);
        }
    }

    public static void EqualRows(MultiLabelDataset expected, int expectedFrom, MultiLabelDataset actual, int actualFrom, int count)
    {
        var left = new double[expected.Schema.FeatureCount];
        var right = new double[expected.Schema.FeatureCount];
        for (int row = 0; row < count; row++)
        {
            expected.Features.CopyRow(expectedFrom + row, left);
            actual.Features.CopyRow(actualFrom + row, right);
            for (int feature = 0; feature < left.Length; feature++)
            {
                if (BitConverter.DoubleToInt64Bits(left[feature]) != BitConverter.DoubleToInt64Bits(right[feature]))
                    Assert.Fail($"row {row}, feature {feature}: expected {left[feature]:R}, found {right[feature]:R}");
            }

            Assert.True(expected.Labels.RowWords(expectedFrom + row).SequenceEqual(actual.Labels.RowWords(actualFrom + row)), $"labels of row {row}");
            Assert.Equal(expected.Weights?[expectedFrom + row] ?? 1, actual.Weights?[actualFrom + row] ?? 1);
        }
    }
}
