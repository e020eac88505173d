using AemloBridge.Data;
using AemloBridge.Resampling;
using CsCheck;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Data sets and recipes of every kind the contracts allow.</summary>
internal static class AnyData
{
    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Char['a', 'z'].Array[1, 6].Select(letters => new string(letters))),
        (1, Among("ä ß", "中文", "😀", " ", "'\"\\", "\n\t")));

    private static readonly Gen<double> Number = Gen.Frequency(
        (3, Gen.Const(0.0)),
        (3, Gen.Int[-20, 20].Select(value => (double)value)),
        (3, Gen.Double.Where(double.IsFinite)),
        (1, Among(-0.0, double.MaxValue, double.Epsilon)),
        (1, Among(double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001))));

    // No values: numeric.
    private static readonly Gen<DataAttribute> Feature =
        from values in Gen.OneOf(Gen.Const<string[]>([]), Text.ArrayUnique[1, 5])
        from type in Among("numeric", "real", "integer")
        select values.Length == 0 ? DataAttribute.Numeric("", type) : DataAttribute.Nominal("", values);

    public static Gen<DatasetSchema> Schema { get; } =
        from relation in Gen.OneOf(Gen.Const(""), Text)
        from features in Feature.Array[1, 12]
        from labels in Gen.Select(Gen.Bool, Gen.Int[0, 99], Gen.Int[0, 1000]).Array[1, 70]
        from hierarchy in Gen.Bool
        from names in Text.ArrayUnique[features.Length + labels.Length]
        select BuildSchema(relation, features, labels, hierarchy, names);

    public static Gen<MultiLabelDataset> Dataset { get; } =
        from schema in Schema
        from rows in Gen.Int[0, 40]
        from data in Rows(schema, rows)
        select data;

    public static Gen<ResamplingRecipe> Recipe(MultiLabelDataset data) =>
        from keepsAll in Gen.Bool
        from flags in Gen.Bool.Array[data.RowCount]
        let kept = keepsAll ? null : Enumerable.Range(0, data.RowCount).Where(row => flags[row]).ToArray()
        let stay = kept ?? [.. Enumerable.Range(0, data.RowCount)]
        from edits in Gen.Select(Gen.Int[0, Math.Max(0, stay.Length - 1)], Gen.Int[0, data.Schema.LabelCount - 1], Gen.Bool).Array[0, stay.Length == 0 ? 0 : 9]
        from clones in Gen.Int[0, Math.Max(0, data.RowCount - 1)].Array[0, data.RowCount == 0 ? 0 : 9]
        from count in Gen.Int[0, data.RowCount == 0 ? 0 : 20]
        from rows in Rows(data.Schema, count)
        from seeds in Gen.Int[0, Math.Max(0, data.RowCount - 1)].Array[count]
        from second in Gen.Bool
        from neighbours in Gen.Int[-1, data.RowCount - 1].Array[count]
        select new ResamplingRecipe(
            kept,
            [.. edits.Select(edit => new LabelEdit(stay[edit.Item1], edit.Item2, edit.Item3))],
            clones,
            new SyntheticRows(rows.Features, rows.Labels, rows.Weights, seeds, second ? neighbours : null));

    public static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<MultiLabelDataset> Rows(DatasetSchema schema, int count) =>
        from sparse in Gen.Bool
        from weighted in Gen.Bool
        from explicitZeros in Gen.Bool
        from cells in Number.Array[schema.FeatureCount].Array[count]
        from labels in Gen.Bool.Array[schema.LabelCount].Array[count]
        from weights in Gen.OneOf(Gen.Const(1.0), Gen.Const(0.0), Gen.Double[0, 10]).Array[count]
        select Build(schema, sparse, explicitZeros, cells, labels, weighted ? weights : null);

    private static DatasetSchema BuildSchema(string relation, DataAttribute[] features, (bool OneFirst, int Place, int Parent)[] labels, bool hierarchy, string[] names)
    {
        IEnumerable<DataAttribute> columns = [.. features, .. labels.Select(label => DataAttribute.Nominal("", label.OneFirst ? ["1", "0"] : ["0", "1"]))];
        // Each label is put somewhere among the features.
        int[] order = [.. Enumerable.Range(0, features.Length + labels.Length).OrderBy(index => index < features.Length ? index * 9 : labels[index - features.Length].Place)];
        DataAttribute[] attributes = [.. order.Select((index, at) => columns.ElementAt(index) with { Name = names[at] })];
        int rank = 0;
        LabelDefinition[] definitions = [.. order.Select((index, at) => (index, at)).Where(pair => pair.index >= features.Length).Select(pair =>
        {
            (bool oneFirst, _, int parent) = labels[pair.index - features.Length];
            int mine = rank++;
            // A parent that comes before its child cannot close a cycle.
            return new LabelDefinition(names[pair.at], pair.at, oneFirst ? 0 : 1, hierarchy && mine > 0 ? parent % (mine + 1) - 1 : -1);
        })];
        return new DatasetSchema(relation, attributes, definitions);
    }

    private static MultiLabelDataset Build(DatasetSchema schema, bool sparse, bool explicitZeros, double[][] cells, bool[][] labels, double[]? weights)
    {
        var builder = new FeatureMatrixBuilder(schema.FeatureCount, sparse);
        var matrix = new LabelMatrix(cells.Length, schema.LabelCount);
        for (int row = 0; row < cells.Length; row++)
        {
            double[] values = [.. cells[row].Select((value, at) => schema.Features[at].IsNominal && !double.IsNaN(value) ? Math.Abs(value % schema.Features[at].Values.Count) is var rest && rest < 1 ? 0 : Math.Floor(rest) : value)];
            if (sparse && explicitZeros)
                builder.AddSparseRow([.. Enumerable.Range(0, values.Length)], values);
            else
                builder.AddDenseRow(values);
            for (int label = 0; label < schema.LabelCount; label++)
                matrix[row, label] = labels[row][label];
        }

        return new MultiLabelDataset(schema, builder.Build(), matrix, weights);
    }
}
