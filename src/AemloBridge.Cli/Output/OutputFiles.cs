using AemloBridge.Cli.Errors;
using AemloBridge.Data;

namespace AemloBridge.Cli.Output;

/// <summary>Keeps the files that a command writes apart from each other and from those it reads, with <c>--force</c> too.</summary>
internal static class OutputFiles
{
    /// <summary>Refuses an output that is an input, or another output. Inputs may well be one file.</summary>
    /// <param name="read">What is read: option (or argument) and path; a path may be null.</param>
    /// <param name="written">What is written, likewise.</param>
    /// <exception cref="UsageException">An output is one of the other files, by whatever path.</exception>
    public static void RequireDistinct(IEnumerable<(string Option, string? Path)> read, params IEnumerable<(string Option, string? Path)> written)
    {
        var taken = new Dictionary<string, string>(FileIdentity.Comparer);
        foreach ((string option, string? path) in read)
        {
            if (path is { Length: > 0 })
                taken.TryAdd(FileIdentity.Resolve(path), option);
        }

        foreach ((string option, string? path) in written)
        {
            if (path is not { Length: > 0 })
                continue;
            string file = FileIdentity.Resolve(path);
            if (!taken.TryAdd(file, option))
                throw new UsageException($"{option}: {path} is the file of {taken[file]} already; choose another name");
        }
    }

    /// <summary>A data set that is read, and its label file if one was found beside it or named.</summary>
    /// <param name="option">The option (or argument) that names the data set.</param>
    /// <param name="dataset">The data set as read, or null.</param>
    public static IEnumerable<(string Option, string? Path)> Read(string option, MultiLabelDataset? dataset) =>
        [(option, dataset?.Source?.Path), ($"the labels of {option}", dataset?.Source?.LabelXmlPath)];

    /// <summary>A data set that is written: the ARFF file, and the label file that appears beside it.</summary>
    public static IEnumerable<(string Option, string? Path)> DataSet(string output)
    {
        // An output that itself ends in .xml is refused later, with a better reason than "named twice".
        string labels = Path.ChangeExtension(output, ".xml");
        return [("--output", output), ("the label file of --output", labels == output ? null : labels)];
    }
}
