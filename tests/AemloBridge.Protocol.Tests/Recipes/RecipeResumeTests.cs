using AemloBridge.Data;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using CsCheck;

namespace AemloBridge.Protocol.Tests.Recipes;

/// <summary>After a lost connection the stream goes on, and the recipe is the one that was sent.</summary>
public sealed class RecipeResumeTests
{
    private static readonly Gen<(MultiLabelDataset Data, ResamplingRecipe Recipe)> Sample =
        from data in AnyData.Dataset
        from recipe in AnyData.Recipe(data)
        select (data, recipe);

    /// <summary>The connection breaks after any part, any number of times; the client goes on from the rows that it has.</summary>
    [Fact]
    public void Assembler_ConnectionBreaksAnywhere_GivesTheWholeRecipe() =>
        Gen.Select(Sample, Gen.Int[1, 2000], Gen.Int[0, 12].Array[0, 3]).Sample(
            (sample, maxBytes, breaks) =>
            {
                using MemoryStream file = Written(sample.Recipe, sample.Data.RowCount, maxBytes);
                var assembler = new RecipeAssembler(sample.Data.Schema);
                foreach (int parts in breaks)
                {
                    file.Position = 0;
                    foreach (RecipePart part in RecipeParts.Read(file, assembler.NewRows).Take(parts))
                        assembler.Add(part);
                }

                file.Position = 0;
                foreach (RecipePart part in RecipeParts.Read(file, assembler.NewRows))
                    assembler.Add(part);
                Same.Recipe(sample.Recipe, assembler.Complete());
            },
            iter: 500,
            threads: 1);

    /// <summary>Any offset, also in the middle of a block: what comes is what the whole stream has from there on.</summary>
    [Fact]
    public void Read_AnyOffset_GivesTheRowsFromThereOn() =>
        Gen.Select(Sample, Gen.Int[0, 25]).Sample(
            (sample, from) =>
            {
                (MultiLabelDataset data, ResamplingRecipe recipe) = sample;
                using MemoryStream file = Written(recipe, data.RowCount, 700);
                RecipePart[] parts = [.. RecipeParts.Read(file, (ulong)from)];
                int[] left = [.. Enumerable.Range(0, recipe.NewRows.Count).Skip(from)];
                SyntheticRows rows = recipe.NewRows;
                var expected = recipe with
                {
                    NewRows = new SyntheticRows(
                        rows.Features.SelectRows(left),
                        rows.Labels.SelectRows(left),
                        rows.Weights is null ? null : [.. left.Select(row => rows.Weights[row])],
                        [.. left.Select(row => rows.SeedRows[row])],
                        rows.NeighbourRows is null ? null : [.. left.Select(row => rows.NeighbourRows[row])]),
                };
                // As a stream of its own it is right when it says so itself.
                parts[0].Header.NewRowCount = (ulong)left.Length;
                var assembler = new RecipeAssembler(data.Schema);
                foreach (RecipePart part in parts)
                {
                    if (part.NewRows is not null)
                        part.NewRows.FirstRow -= (ulong)from;
                    assembler.Add(part);
                }

                Same.Recipe(expected, assembler.Complete());
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Of_ManyRows_StaysBelowTheSizeInEveryPart()
    {
        const int Rows = 100_000;
        int[] all = [.. Enumerable.Range(0, Rows)];
        var features = FeatureMatrix.Dense(Rows, 2, new double[2 * Rows]);
        var recipe = new ResamplingRecipe(all, [.. all.Select(row => new LabelEdit(row, 0, true))], all, new SyntheticRows(features, new LabelMatrix(Rows, 9), new double[Rows], all, all));
        RecipePart[] parts = [.. RecipeParts.Of(recipe, Rows, sparse: false, maxBytes: 100_000)];
        // What goes around a list of numbers, and around a part in a job's event.
        Assert.All(parts, part => Assert.InRange(new OversampleResponse { Event = new JobEvent { Recipe = part } }.CalculateSize(), 1, 100_100));
        // 400,000 bytes of kept rows and of clones, 900,000 of edits, 99,999 a part; 35 bytes a new row with its share of the mask.
        Assert.Equal([(4, 10), (4, 36)], [(Count(RecipePart.PartOneofCase.KeptRows), Count(RecipePart.PartOneofCase.LabelEdits)), (Count(RecipePart.PartOneofCase.CloneSources), Count(RecipePart.PartOneofCase.NewRows))]);

        int Count(RecipePart.PartOneofCase kind) => parts.Count(part => part.PartCase == kind);
    }

    /// <summary>New rows are sent in the layout of the data set, whatever the one they were made in.</summary>
    [Fact]
    public void Of_NewRowsInAnotherLayout_ChangesTheLayoutAlone()
    {
        MultiLabelDataset data = Valid.Dataset(sparse: false);
        ResamplingRecipe recipe = ResamplingRecipe.Append(new SyntheticRows(data.Features, data.Labels, null, [0, 1, 2], null));
        ResamplingRecipe received = Transfer.Recipe(recipe, data.Schema, 3, sparse: true);
        Assert.True(received.NewRows.Features.IsSparse);
        Same.Recipe(recipe, Transfer.Recipe(received, data.Schema, 3, sparse: false));
    }

    private static MemoryStream Written(ResamplingRecipe recipe, int inputRows, int maxBytes)
    {
        var file = new MemoryStream();
        foreach (RecipePart part in RecipeParts.Of(recipe, inputRows, recipe.NewRows.Features.IsSparse, maxBytes: maxBytes))
            Google.Protobuf.MessageExtensions.WriteDelimitedTo(part, file);
        file.Position = 0;
        return file;
    }
}
