using AemloBridge.Aemlo.Models;
using AemloBridge.Cli.Options;
using AemloBridge.Data;

namespace AemloBridge.Cli.Output;

/// <summary>One file of <c>aemlo models</c>, or a folder that cannot be read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Named">True when it was named itself, false when it was found in a folder.</param>
/// <param name="Description">What it says of itself; null when it cannot be used.</param>
/// <param name="Error">Why it cannot be used; null when it can.</param>
internal sealed record ModelListing(string Path, bool Named, ModelDescription? Description, string? Error)
{
    /// <summary>The model files that a path stands for: itself, or those in a folder, by name.</summary>
    public static IEnumerable<ModelListing> Find(string path)
    {
        if (!Directory.Exists(path))
            return [Describe(path, named: true)];
        try
        {
            return [.. Directory.GetFiles(path, $"*{ModelFile.Extension}").Order(StringComparer.Ordinal).Select(file => Describe(file, named: false))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new ModelListing(path, Named: true, null, $"{path}: the folder cannot be read: {exception.Message}")];
        }
    }

    private static ModelListing Describe(string path, bool named)
    {
        try
        {
            return new ModelListing(path, named, ModelInput.Describe(path), null);
        }
        catch (Exception exception) when (exception is AemloModelFormatException or AemloInputException)
        {
            return new ModelListing(path, named, null, exception.Message);
        }
    }
}
