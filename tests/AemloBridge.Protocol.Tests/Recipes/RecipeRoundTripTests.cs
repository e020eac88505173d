using AemloBridge.Data;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Resampling;
using AemloBridge.Tests.TestSupport;
using CsCheck;

namespace AemloBridge.Protocol.Tests.Recipes;

/// <summary>A recipe that went through the wire is the one that was sent.</summary>
public sealed class RecipeRoundTripTests
{
    [Fact]
    public void Assembler_AnyRecipeInAnyParts_GivesItBack() =>
        (from data in AnyData.Dataset from recipe in AnyData.Recipe(data) from maxBytes in Gen.Int[1, 2000] select (data, recipe, maxBytes)).Sample(
            sample =>
            {
                (var data, ResamplingRecipe recipe, int maxBytes) = sample;
                Same.Recipe(recipe, Transfer.Recipe(recipe, data.Schema, data.RowCount, recipe.NewRows.Features.IsSparse, maxBytes));
            },
            iter: 1000,
            threads: 1);

    /// <summary>New rows from a server make the file that those of this process make, byte for byte.</summary>
    [Fact]
    public void Assembler_AnyRecipe_MakesTheSameFile()
    {
        using var folder = new TemporaryFolder();
        (from data in AnyData.Dataset where data.RowCount > 0 from recipe in AnyData.Recipe(data) select (data, recipe)).Sample(
            sample =>
            {
                (MultiLabelDataset data, ResamplingRecipe recipe) = sample;
                ResamplingRecipe received = Transfer.Recipe(recipe, data.Schema, data.RowCount, recipe.NewRows.Features.IsSparse);
                MultiLabelDataset file = ArffReader.Read(ArffWriter.Write(data, folder["in.arff"], overwrite: true).ArffPath, LabelSelection.Automatic);
                string here = ArffWriter.WriteOversampled(file, recipe.NewRows, folder["here.arff"], overwrite: true).ArffPath;
                string there = ArffWriter.WriteOversampled(file, received.NewRows, folder["there.arff"], overwrite: true).ArffPath;
                Assert.Equal(File.ReadAllBytes(here), File.ReadAllBytes(there));
            },
            iter: 200,
            threads: 1);
    }
}
