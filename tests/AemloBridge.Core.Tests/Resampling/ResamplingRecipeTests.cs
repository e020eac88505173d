using AemloBridge.Data;
using AemloBridge.Resampling;
using AemloBridge.Tests.Resampling.TestSupport;

namespace AemloBridge.Tests.Resampling;

public sealed class ResamplingRecipeTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void ApplyTo_AllParts_KeptThenClonesThenNewRows(bool sparse)
    {
        MultiLabelDataset data = TestData.Mixed(rows: 8, rare: 3, sparse: sparse);
        MultiLabelDataset made = TestData.Mixed(rows: 2, rare: 1, seed: 9, sparse: sparse);
        int[] kept = [1, 4, 6];
        var newRows = new SyntheticRows(made.Features, made.Labels, null, [0, 7], null);
        var recipe = new ResamplingRecipe(kept, [new LabelEdit(4, 0, !data.Labels[4, 0])], [4, 4, 0], newRows);

        MultiLabelDataset after = recipe.ApplyTo(data);
        Assert.Equal(8, after.RowCount);
        Assert.Equal(8, recipe.RowCount(data.RowCount));
        Assert.Equal(sparse, after.Features.IsSparse);
        MultiLabelDataset expected = data.SelectRows([1, 4, 6, 4, 4, 0]);
        expected.Labels[1, 0] = !expected.Labels[1, 0];
        DatasetAssert.EqualRows(expected, 0, after, 0, 6);
        DatasetAssert.EqualRows(made, 0, after, 6, 2);
        for (int row = 0; row < after.RowCount; row++)
            Assert.True(after.Labels.RowWords(row).SequenceEqual(recipe.ApplyTo(data.Labels).RowWords(row)));
    }

    [Fact]
    public void ApplyTo_CloneOfAnEditedRow_RepeatsItAsItWasGiven()
    {
        MultiLabelDataset data = Literal.OfLabels("10", "01");
        var recipe = new ResamplingRecipe(null, [new LabelEdit(0, 0, false), new LabelEdit(0, 1, true)], [0], SyntheticRows.None(data));
        LabelMatrix after = recipe.ApplyTo(data.Labels);
        Assert.Equal(["01", "01", "10"], Enumerable.Range(0, 3).Select(row => Literal.LabelSet(after, row)));
        Assert.Equal("10", Literal.LabelSet(data.Labels, 0));
    }

    [Fact]
    public void ApplyTo_WeightedData_ClonesAndNewRowsHaveTheirSourcesWeights()
    {
        MultiLabelDataset plain = Literal.OfLabels("10", "01", "11");
        var data = new MultiLabelDataset(plain.Schema, plain.Features, plain.Labels, [0.5, 2, 3]);
        MultiLabelDataset made = plain.SelectRows([0, 1]);
        var own = new SyntheticRows(made.Features, made.Labels, [7, 8], [2, 0], null);
        Assert.Equal([0.5, 3, 2, 7, 8], new ResamplingRecipe([0, 2], [], [1], own).ApplyTo(data).Weights!);
        Assert.Equal([0.5, 3, 2, 3, 0.5], new ResamplingRecipe([0, 2], [], [1], own with { Weights = null }).ApplyTo(data).Weights!);
        Assert.Null(new ResamplingRecipe([0, 2], [], [1], own).ApplyTo(plain).Weights);
    }

    [Fact]
    public void ApplyTo_EmptyRecipe_GivesTheDataBack()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            MultiLabelDataset data = RandomDatasets.Make(seed, sparse: seed % 2 == 1);
            DatasetAssert.Equal(data, ResamplingRecipe.AppendClones(data, []).ApplyTo(data));
            DatasetAssert.Equal(data, ResamplingRecipe.Append(SyntheticRows.None(data)).ApplyTo(data));
            DatasetAssert.Equal(data, ResamplingRecipe.Keep(data, Literal.AllRows(data)).ApplyTo(data));
            Assert.Equal(0, ResamplingRecipe.Keep(data, []).ApplyTo(data).RowCount);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Concatenate_PartsWithAndWithoutWeightsAndNeighbours_FillsWhatIsAbsent(bool weighted)
    {
        MultiLabelDataset data = TestData.Mixed(rows: 5, rare: 2);
        SyntheticRows first = Rows([0, 1]) with { Weights = weighted ? [2, 3] : null };
        SyntheticRows second = Rows([4]) with { NeighbourRows = weighted ? [3] : null };
        SyntheticRows all = SyntheticRows.Concatenate(first, second);
        Assert.Equal([0, 1, 4], all.SeedRows);
        Assert.Equal(weighted ? [2, 3, 1] : null, all.Weights);
        Assert.Equal(weighted ? [-1, -1, 3] : null, all.NeighbourRows);
        DatasetAssert.Equal(data.SelectRows([0, 1, 4]), new MultiLabelDataset(data.Schema, all.Features, all.Labels));

        SyntheticRows Rows(int[] rows)
        {
            MultiLabelDataset selected = data.SelectRows(rows);
            return new SyntheticRows(selected.Features, selected.Labels, null, rows, null);
        }
    }
}
