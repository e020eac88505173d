using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Tests.Data;

public class ResampledFileTests
{
    private const string Header = "% a comment\n@relation r\n\n@attribute '@data' numeric\n@attribute p {0,1}\n@attribute n {1,0}\n@DATA\n";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void StageResampled_KeptEditedAndClonedRows_CopiesLinesAndRewritesEditedOnes(string newLine)
    {
        using var folder = new TemporaryFolder();
        string text = (Header + "% first\n1e0 ,1,0\n\n 2, 0,1\n3.0,0,0\n% last\n4,1,1 % four").Replace("\n", newLine, StringComparison.Ordinal);
        MultiLabelDataset data = Read(folder.Write("in.arff", text));
        SyntheticRows rows = new(FeatureMatrix.Dense(1, 1, [5]), new LabelMatrix(1, 2), null, [1], null);
        var recipe = new ResamplingRecipe([0, 2, 3], [new LabelEdit(2, 0, true)], [3, 1, 3], rows);

        string written = Write(folder, data, recipe);

        string expected = Header + "% first\n1e0 ,1,0\n\n3,1,0\n% last\n4,1,1 % four\n4,1,1 % four\n 2, 0,1\n4,1,1 % four\n5,0,0\n";
        Assert.Equal(expected.Replace("\n", newLine, StringComparison.Ordinal), File.ReadAllText(written));
        DatasetAssert.Equal(recipe.ApplyTo(data), Read(written));
    }

    [Fact]
    public void StageResampled_SparseFileWithWeights_KeepsTheEditedRowsWeight()
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = Read(folder.Write("in.arff", Header + "{0 1},{2.5}\n{1 1}\n"));
        var recipe = new ResamplingRecipe(null, [new LabelEdit(0, 0, true)], [0], SyntheticRows.None(data));

        string written = Write(folder, data, recipe);

        Assert.Equal(Header + "{0 1,1 1}, {2.5}\n{1 1}\n{0 1},{2.5}\n", File.ReadAllText(written));
        DatasetAssert.Equal(recipe.ApplyTo(data), Read(written));
    }

    [Fact]
    public void StageResampled_ChangedInput_IsRefusedAndNothingIsLeft()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("in.arff", Header + "1,1,0\n2,0,1\n");
        MultiLabelDataset data = Read(input);
        File.AppendAllText(input, "3,0,1\n");

        AemloInputException error = Assert.Throws<AemloInputException>(() => Write(folder, data, ResamplingRecipe.Keep(data, [1])));

        Assert.Equal($"{input}: the file has changed since it was read; run again", error.Message);
        Assert.Equal(["in.arff"], folder.Names);
    }

    [Fact]
    public void ApplyTo_WeightsAndNewRows_FollowTheOriginals()
    {
        var schema = new DatasetSchema("r", [DataAttribute.Numeric("x"), DataAttribute.Nominal("p", "0", "1")], [new LabelDefinition("p", 1, 1)]);
        var labels = new LabelMatrix(3, 1) { [1, 0] = true };
        var data = new MultiLabelDataset(schema, FeatureMatrix.Dense(3, 1, [1, 2, 3]), labels, [1, 2, 3]);
        var rows = new SyntheticRows(FeatureMatrix.Dense(1, 1, [9]), new LabelMatrix(1, 1), null, [1], null);

        MultiLabelDataset applied = new ResamplingRecipe([1, 2], [new LabelEdit(1, 0, false)], [1], rows).ApplyTo(data);

        Assert.Equal([2.0, 3, 2, 9], Enumerable.Range(0, 4).Select(row => applied.Features[row, 0]));
        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(row => applied.Labels[row, 0]));
        Assert.Equal([2.0, 3, 2, 2], applied.Weights!);
    }

    private static string Write(TemporaryFolder folder, MultiLabelDataset data, ResamplingRecipe recipe)
    {
        using AtomicFiles staged = ArffWriter.StageResampled(data, recipe, folder["out.arff"], false, out ArffOutputFiles files, TestContext.Current.CancellationToken);
        staged.Commit();
        return files.ArffPath;
    }

    private static MultiLabelDataset Read(string path) =>
        ArffReader.Read(path, LabelSelection.Parse("p,n"), cancellationToken: TestContext.Current.CancellationToken);
}
