using System.Text;
using AemloBridge.Data;
using AemloBridge.Resampling;
using CsCheck;

namespace AemloBridge.Tests.Data;

/// <summary>Whatever is written reads back equal, and damage never ends in anything but an error with words.</summary>
public class ArffRoundTripTests
{
    private static readonly Gen<char> Character = Gen.Frequency(
        (6, Gen.Char['a', 'z']),
        (4, Among<char>([.. " ,{}%'\"\\?@[]:\t\n\r\u001E\u0001\u007F-0"])),
        (2, Among('ä', 'ÿ', '\u0080', '\u00A0', '中', '\u2028', '\uFEFF')));

    private static readonly Gen<string> Text = Gen.Frequency(
        (8, Character.Array[0, 6].Select(characters => new string(characters))),
        (1, Among("", "?", "'", "\\", "@data", "{0 1}", "1e5", "😀", "\\u001E", "%")));

    private static readonly Gen<double> Number = Gen.Frequency(
        (3, Gen.Const(0.0)),
        (3, Gen.Int[-20, 20].Select(value => (double)value)),
        (3, Gen.Double.Where(double.IsFinite)),
        (1, Gen.Const(double.NaN)));

    // XML cannot hold control characters, so label names have none.
    private static readonly Gen<string> LabelName = Text.Where(name => name.Length > 0 && name.All(unit => unit is >= ' ' or '\t' or '\n' or '\r'));

    private static readonly Gen<MultiLabelDataset> AnyDataset =
        from sparse in Gen.Bool
        from relation in Text.Where(name => !name.Contains("-C", StringComparison.Ordinal))
        from features in Gen.Select(Text, Gen.OneOf(Gen.Const<string[]>([]), Text.ArrayUnique[1, 5]), Among("numeric", "real", "integer")).Array[1, 6]
        from labels in Gen.Select(LabelName, Gen.Bool).Array[1, 70]
        from places in Gen.Int[0, 1000].Array[features.Length + labels.Length]
        from rows in Gen.Select(Number.Array[features.Length], Gen.Int[0, 4].Array[features.Length], Gen.Bool.Array[labels.Length], Among(1.0, 1.0, 2.5, 0)).Array[0, 6]
        select Build(sparse, relation, features, labels, places, rows);

    [Fact]
    public void Write_AnyDataset_ReadsBackEqual()
    {
        using var folder = new TemporaryFolder();
        AnyDataset.Sample(
            data =>
            {
                ArffOutputFiles files = ArffWriter.Write(data, folder["x.arff"], overwrite: true);
                DatasetAssert.Equal(data, ArffReader.Read(files.ArffPath, LabelSelection.Automatic));
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void WriteOversampled_AnyDataset_ReadsBackAsBothParts()
    {
        using var folder = new TemporaryFolder();
        AnyDataset.Where(data => data.RowCount > 0).Sample(
            data =>
            {
                MultiLabelDataset original = ArffReader.Read(ArffWriter.Write(data, folder["in.arff"], overwrite: true).ArffPath, LabelSelection.Automatic);
                int[] chosen = [.. Enumerable.Range(0, data.RowCount).Reverse()];
                MultiLabelDataset copies = original.SelectRows(chosen);
                ArffOutputFiles files = ArffWriter.WriteOversampled(original, new SyntheticRows(copies.Features, copies.Labels, copies.Weights, chosen, null), folder["out.arff"], overwrite: true);
                MultiLabelDataset written = ArffReader.Read(files.ArffPath, LabelSelection.Automatic);
                DatasetAssert.EqualRows(data, 0, written, 0, data.RowCount);
                DatasetAssert.EqualRows(copies, 0, written, data.RowCount, data.RowCount);
                Assert.Equal(2 * data.RowCount, written.RowCount);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Read_DamagedFile_GivesADatasetOrAnErrorWithItsFile()
    {
        byte[][] files =
        [
            Encoding.UTF8.GetBytes("@relation 'r: -C 2'\n@attribute l {0,1}\n@attribute m {1,0}\n@attribute 'ä b' real\n@attribute c {x,'y\\'z',\"?\"} % c\n@data\n0,1,-1.5e3,x,{2.5}\n{1 0, 2 ?}, {2}\n?,1,.5,'y\\'z'\n"),
            Encoding.UTF8.GetBytes("% c\r\n@RELATION r\r\n@attribute a{b , c}\r\n@attribute l {no,yes}\r\n@data\r\n{0 c,1 yes}\r\n{}\r\n"),
        ];
        byte[] bytes = [.. "@{}'\"\\,%? \t\r\n\u00000-19.eE{0 1}"u8.ToArray(), 0xFF, 0xC3, 0xEF];
        Gen<byte> damage = Gen.OneOf(Among(bytes), Gen.Byte);
        Gen.Select(Among(files), Gen.Select(Gen.Int[0, 2], Gen.Int[0, 400], damage).Array[1, 6], Among<string?>("last:1", "first:2", null))
            .Sample(
                (file, changes, labels) =>
                {
                    List<byte> damaged = [.. file];
                    foreach ((int kind, int place, byte value) in changes)
                        Damage(damaged, kind, place, value);
                    try
                    {
                        using var stream = new MemoryStream([.. damaged]);
                        MultiLabelDataset data = ArffReader.Read(stream, "damaged.arff", LabelSelection.Parse(labels), new ArffReadOptions { MissingLabelsAsZero = true });
                        Assert.Equal(data.RowCount, data.Labels.RowCount);
                        for (int row = 0; row < data.RowCount; row++)
                            Assert.True(data.Features.RowValues(row).ToArray().All(value => double.IsNaN(value) || double.IsFinite(value)));
                    }
                    catch (AemloInputException error)
                    {
                        Assert.Equal("damaged.arff", error.File);
                        Assert.NotEmpty(error.Reason!);
                    }
                },
                iter: 20_000,
                threads: 1);
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void Damage(List<byte> file, int kind, int place, byte value)
    {
        if (file.Count == 0)
            return;
        place %= file.Count;
        switch (kind)
        {
            case 0:
                file[place] = value;
                break;
            case 1:
                file.Insert(place, value);
                break;
            default:
                // Cut a piece out, or the whole rest off.
                file.RemoveRange(place, Math.Min(value % 32 == 0 ? file.Count : value % 32, file.Count - place));
                break;
        }
    }

    private static MultiLabelDataset Build(bool sparse, string relation, (string Name, string[] Values, string Type)[] features, (string Name, bool OneFirst)[] labels, int[] places, (double[] Numbers, int[] Codes, bool[] Labels, double Weight)[] rows)
    {
        // Names must differ, so a number goes behind those that repeat; places mixes labels among the features.
        var names = new HashSet<string>(StringComparer.Ordinal);
        DataAttribute[] declared =
        [
            .. features.Select(feature => feature.Values.Length == 0
                ? DataAttribute.Numeric(Unique(feature.Name), feature.Type)
                : DataAttribute.Nominal(Unique(feature.Name), feature.Values)),
            .. labels.Select(label => DataAttribute.Nominal(Unique(label.Name), label.OneFirst ? ["1", "0"] : ["0", "1"])),
        ];
        int[] order = [.. Enumerable.Range(0, declared.Length).OrderBy(index => index < features.Length ? index * 100 : places[index])];
        DataAttribute[] attributes = [.. order.Select(index => declared[index])];
        LabelDefinition[] definitions = [.. order.Select((index, at) => (index, at)).Where(pair => pair.index >= features.Length)
            .Select(pair => new LabelDefinition(attributes[pair.at].Name, pair.at, labels[pair.index - features.Length].OneFirst ? 0 : 1))];
        int[] labelOrder = [.. order.Where(index => index >= features.Length).Select(index => index - features.Length)];
        var builder = new FeatureMatrixBuilder(features.Length, sparse && rows.Length > 0);
        var matrix = new LabelMatrix(rows.Length, labels.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            builder.AddDenseRow([.. features.Select((feature, at) => feature.Values.Length == 0 || double.IsNaN(rows[row].Numbers[at]) ? rows[row].Numbers[at] : rows[row].Codes[at] % feature.Values.Length)]);
            for (int label = 0; label < labels.Length; label++)
                matrix[row, label] = rows[row].Labels[labelOrder[label]];
        }

        double[]? weights = rows.Any(row => row.Weight != 1) ? [.. rows.Select(row => row.Weight)] : null;
        return new MultiLabelDataset(new DatasetSchema(relation, attributes, definitions), builder.Build(), matrix, weights);

        string Unique(string name)
        {
            string unique = name;
            for (int number = 2; !names.Add(unique); number++)
                unique = $"{name}{number}";
            return unique;
        }
    }
}
