using System.Security.Cryptography;

namespace AemloBridge.Data.Arff;

/// <summary>Copies the file that a data set was read from, byte for byte.</summary>
internal static class OriginalCopy
{
    private const int BlockSize = 1 << 20;

    /// <summary>Copies the whole file and ends its last line.</summary>
    /// <param name="source">The file, as it was read.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Honoured at every block.</param>
    /// <exception cref="AemloInputException">The file cannot be read, or is not the one that was read.</exception>
    public static void Write(ArffSource source, Stream destination, CancellationToken cancellationToken)
    {
        byte last = source.Content is { } content
            ? WriteKept(content.Span, destination)
            : WriteFile(source, destination, cancellationToken);
        if (last != (byte)'\n')
            destination.Write(source.NewLine == "\r\n" ? "\r\n"u8 : "\n"u8);
    }

    private static byte WriteKept(ReadOnlySpan<byte> content, Stream destination)
    {
        destination.Write(content);
        return content[^1];
    }

    // Returns the last byte.
    private static byte WriteFile(ArffSource source, Stream destination, CancellationToken cancellationToken)
    {
        using FileStream original = Open(source.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BlockSize];
        byte last = (byte)'\n';
        for (int read; (read = original.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            destination.Write(buffer, 0, read);
            last = buffer[read - 1];
        }

        RequireSame(source, Convert.ToHexStringLower(hash.GetCurrentHash()));
        return last;
    }

    /// <exception cref="AemloInputException">The file is not the one that was read.</exception>
    public static void RequireSame(ArffSource source, string sha256)
    {
        if (sha256 != source.Sha256)
            throw new AemloInputException("the file has changed since it was read; run again", source.Path);
    }

    /// <summary>Opens the file a second time.</summary>
    /// <exception cref="AemloInputException">It cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file can no longer be read: {error.Message}", path);
        }
    }
}
