using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Cli.Options;

/// <summary>Model files as input: one that cannot be opened is wrong input, not an output that cannot be written.</summary>
internal static class ModelInput
{
    /// <summary>What a file says of itself; does not load libtorch.</summary>
    /// <exception cref="AemloInputException">It cannot be opened.</exception>
    /// <exception cref="AemloModelFormatException">It is no model file, or a damaged one.</exception>
    public static ModelDescription Describe(string path) => Opened(path, () => ModelFile.Describe(path));

    /// <summary>Loads a model.</summary>
    /// <exception cref="AemloInputException">It cannot be opened.</exception>
    /// <exception cref="AemloModelFormatException">It is no model file, or a damaged one.</exception>
    public static AemloModel Load(string path, DeviceKind device, int threads) => Opened(path, () => ModelFile.Load(path, device, threads));

    private static T Opened<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AemloInputException("there is no such model file; check the path", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the model file cannot be read: {exception.Message}", path);
        }
    }
}
