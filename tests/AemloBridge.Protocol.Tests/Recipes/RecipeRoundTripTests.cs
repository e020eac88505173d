using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Resampling;
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
}
