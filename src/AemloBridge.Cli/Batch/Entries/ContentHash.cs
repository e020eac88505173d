using System.Security.Cryptography;
using System.Text;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Batch.Entries;

/// <summary>Tells whether two entries, or an entry and an earlier run's, are the same.</summary>
internal static class ContentHash
{
    // Changed when the same content and options come to mean another result.
    private const string Version = "1";

    /// <summary>Over the bytes of a data set and its label file, and over how they are read.</summary>
    /// <exception cref="AemloInputException">A file cannot be read.</exception>
    public static string OfData(PlannedData data, CancellationToken cancellation)
    {
        string? labelFile = data.Labels.XmlPath;
        if (data.Labels.Kind == LabelSelectionKind.Automatic && Path.ChangeExtension(data.Path, ".xml") is var beside && File.Exists(beside))
            labelFile = beside;
        return OfTexts(
            OfFile(data.Path, cancellation),
            labelFile is null ? string.Empty : OfFile(labelFile, cancellation),
            data.Labels.Kind.ToString(),
            data.Labels.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            string.Join('\n', data.Labels.LabelNames),
            data.Reading.PositiveValue ?? string.Empty,
            data.Reading.MissingLabelsAsZero.ToString());
    }

    /// <summary>Over the data and every option that changes the model.</summary>
    public static string OfTraining(string content, AemloOptions training) =>
        OfTexts([content, .. AemloOptionCatalog.All.Where(option => option.AffectsTraining).Select(option => Text(option, training))]);

    /// <summary>Over the data and every option, those of the training apart: its seed may be another.</summary>
    public static string OfEntry(string content, AemloOptions training, AemloOptions options) =>
        OfTexts([OfTraining(content, training), options.Preset, .. AemloOptionCatalog.All.Select(option => Text(option, options))]);

    private static string Text(MethodOption<AemloOptions> option, AemloOptions options) => $"{option.Name}={option.Format(options)}";

    private static string OfTexts(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in texts.Prepend(Version))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            // With its length before it, so that no two lists of texts give the same bytes.
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string OfFile(string path, CancellationToken cancellation)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashDataAsync(stream, cancellation).AsTask().GetAwaiter().GetResult());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file cannot be read: {exception.Message}", path);
        }
    }
}
