using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Reads an item of a plan's <c>data</c>: one file, or several through a pattern or folds.</summary>
internal static class PlannedDataReader
{
    private const string PathKey = "path";
    private const string NameKey = "name";
    private const string FoldsKey = "folds";
    private const string LabelsKey = "labels";
    private const string PositiveKey = "positive";
    private const string MissingKey = "missing-labels";

    private const string FoldName = "fold";
    private const string FileName = "file";

    private static readonly string[] Keys = [PathKey, NameKey, FoldsKey, LabelsKey, PositiveKey, MissingKey];
    private static readonly string[] FoldNames = [FoldName];
    private static readonly string[] AllNames = [FoldName, FileName];
    private static readonly string[] MissingWords = ["refuse", "zero"];

    /// <summary>The data sets of an item.</summary>
    /// <param name="item">A path alone, or keys with values.</param>
    /// <param name="folder">The plan's folder, where relative paths begin.</param>
    /// <exception cref="AemloInputException">A file is not there, or the item is wrong.</exception>
    public static IReadOnlyList<PlannedData> Read(PlanNode item, string folder)
    {
        if (item.IsText)
            return [.. Files(item, null, folder).Select(file => new PlannedData(EntryName.Check(Base(file), item.Place), null, file, LabelSelection.Automatic, new ArffReadOptions(), item.Place))];
        IReadOnlyDictionary<string, PlanNode> values = item.Map(Keys);
        PlanNode path = values.TryGetValue(PathKey, out PlanNode? given) ? given : throw item.Place.Wrong($"there is no '{PathKey}'; it needs one");
        var reading = new ArffReadOptions
        {
            PositiveValue = values.GetValueOrDefault(PositiveKey)?.Text,
            MissingLabelsAsZero = values.TryGetValue(MissingKey, out PlanNode? missing) && Missing(missing),
        };
        return [.. Folds(values.GetValueOrDefault(FoldsKey), path).SelectMany(fold => Files(path, fold, folder).Select(file => new PlannedData(
            Name(values.GetValueOrDefault(NameKey), fold, file, path.Place),
            fold,
            file,
            Labels(values.GetValueOrDefault(LabelsKey), fold, file, folder),
            reading,
            path.Place)))];
    }

    private static string Base(string file) => Path.GetFileNameWithoutExtension(file);

    private static IReadOnlyList<string?> Folds(PlanNode? node, PlanNode path)
    {
        bool named = PathTemplate.Parse(path.Text, FoldNames, path.Place).Names.Any();
        if (node is null)
            return named ? throw path.Place.Wrong($"'{{{FoldName}}}' stands for nothing: say which with '{FoldsKey}', for example {FoldsKey}: 1..10") : [null];
        if (!named)
            throw node.Place.Wrong($"the path has no '{{{FoldName}}}' for the folds to stand in");
        bool words = node.Items.Any(item => !NumberList.IsRange(item.Text) && !long.TryParse(item.Text, out _));
        return words
            ? [.. node.Items.Select(item => EntryName.Check(item.Text, item.Place))]
            : [.. NumberList.Read(node, 0, int.MaxValue).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static IReadOnlyList<string> Files(PlanNode path, string? fold, string folder)
    {
        string filled = Path.Combine(folder, PathTemplate.Parse(path.Text, FoldNames, path.Place).Fill(new Dictionary<string, string?> { [FoldName] = fold }, path.Place));
        IReadOnlyList<string> files = FilePattern.Expand(filled);
        if (files.Count == 0)
            throw path.Place.Wrong($"no file matches {filled}");
        return files.FirstOrDefault(file => !File.Exists(file)) is { } gone ? throw path.Place.Wrong($"there is no file {gone}") : files;
    }

    private static string Name(PlanNode? node, string? fold, string file, PlanPlace place) => node is null
        ? EntryName.Check(Base(file), place)
        : EntryName.Check(PathTemplate.Parse(node.Text, AllNames, node.Place).Fill(Values(fold, file), node.Place), node.Place);

    private static LabelSelection Labels(PlanNode? node, string? fold, string file, string folder)
    {
        if (node is null)
            return LabelSelection.Automatic;
        try
        {
            if (node.IsList)
                return LabelSelection.Names([.. node.Items.Select(item => item.Text)]);
            string text = PathTemplate.Parse(node.Text, AllNames, node.Place).Fill(Values(fold, file), node.Place);
            string beside = Path.Combine(folder, text);
            return LabelSelection.Parse(File.Exists(beside) || text.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? beside : text);
        }
        catch (AemloInputException exception) when (exception.File != node.Place.File)
        {
            throw node.Place.Wrong(exception.Message);
        }
    }

    private static Dictionary<string, string?> Values(string? fold, string file) => new() { [FoldName] = fold, [FileName] = Base(file) };

    private static bool Missing(PlanNode node)
    {
        string word = node.Text;
        return MissingWords.Contains(word) ? word == MissingWords[1] : throw node.Place.Wrong($"'{word}' is not one of the words; allowed: {string.Join(" | ", MissingWords)}");
    }
}
