using AemloBridge.Cli.Errors;
using AemloBridge.Data;

namespace AemloBridge.Cli.Output;

/// <summary>Tells files that cannot be written from input that cannot be used: Core has one exception for both.</summary>
internal static class Writing
{
    /// <summary>Checks or writes output.</summary>
    /// <param name="action">The work.</param>
    /// <param name="input">The file that is read meanwhile, or null; what is wrong with it stays an error of the input.</param>
    /// <exception cref="OutputException">The output cannot be written.</exception>
    public static T Do<T>(Func<T> action, string? input = null)
    {
        try
        {
            return action();
        }
        catch (AemloInputException exception) when (input is null || exception.File != input)
        {
            throw new OutputException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(exception.Message, exception);
        }
    }

    /// <summary>Checks before any work that a file can be written; leaves nothing.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Check(string path, bool overwrite) => Do(() =>
    {
        AtomicFile.Begin(path, overwrite).Dispose();
        return path;
    });

    /// <summary>Checks before any work that a data set can be written.</summary>
    /// <param name="path">The ARFF file.</param>
    /// <param name="overwrite">Whether files that exist may be replaced.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static ArffOutputFiles CheckData(string path, bool overwrite) =>
        Do(() => ArffWriter.CheckOutput(path, overwrite));
}
