namespace AemloBridge.Aemlo.Models;

/// <summary>A model file that cannot be used: damaged, cut short, of another program, or of a newer version.</summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="inner">What a parser said, if one did.</param>
public sealed class AemloModelFormatException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Puts the file's name before the message of what a reader of its content throws.</summary>
    internal static T Naming<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AemloModelFormatException exception)
        {
            throw new AemloModelFormatException($"{path}: {exception.Message}", exception);
        }
    }
}
