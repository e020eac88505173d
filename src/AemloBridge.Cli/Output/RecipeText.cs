using AemloBridge.Aemlo.Reporting;

namespace AemloBridge.Cli.Output;

/// <summary>What was done to the given rows, in words.</summary>
internal static class RecipeText
{
    /// <summary>"120 rows removed", "12 labels changed, 130 rows repeated, 4 new rows", or "nothing changed".</summary>
    public static string Describe(RecipeRecord recipe)
    {
        (int Count, string One, string Many)[] parts =
        [
            (recipe.Removed, "row removed", "rows removed"),
            (recipe.LabelEdits, "label changed", "labels changed"),
            (recipe.Clones, "row repeated", "rows repeated"),
            (recipe.NewRows, "new row", "new rows"),
        ];
        string[] words = [.. parts.Where(part => part.Count > 0).Select(part => $"{Figures.Count(part.Count)} {(part.Count == 1 ? part.One : part.Many)}")];
        return words.Length == 0 ? "nothing changed" : string.Join(", ", words);
    }
}
