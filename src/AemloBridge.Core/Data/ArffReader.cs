using System.Text.Unicode;
using AemloBridge.Data.Arff;

namespace AemloBridge.Data;

/// <summary>Reads multi-label data sets from ARFF files as Weka, Mulan and MEKA write them.</summary>
/// <remarks>
/// Strict: whatever is wrong ends in an <see cref="AemloInputException"/> with its line, column and attribute. A file that is
/// not valid UTF-8 is read as Latin-1.
/// </remarks>
public static class ArffReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The ARFF file.</param>
    /// <param name="labels">Which attributes are labels.</param>
    /// <param name="options">What to do with labels whose meaning is open; null for the defaults.</param>
    /// <param name="cancellationToken">Honoured at every block of about 1 MB.</param>
    /// <exception cref="AemloInputException">The file cannot be read, is not valid, or its labels cannot be found.</exception>
    public static MultiLabelDataset Read(string path, LabelSelection labels, ArffReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            if (stream.CanSeek)
                return Read(stream, path, path, labels, options, cancellationToken);

            // A pipe: reading may have to begin again, see below.
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return Read(copy, path, path, labels, options, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file cannot be read: {error.Message}", path);
        }
    }

    /// <summary>Reads from a stream that can seek, from where it stands.</summary>
    /// <param name="stream">The bytes of an ARFF file.</param>
    /// <param name="displayName">What to call it in messages.</param>
    /// <param name="labels">Which attributes are labels.</param>
    /// <param name="options">What to do with labels whose meaning is open; null for the defaults.</param>
    /// <param name="cancellationToken">Honoured at every block of about 1 MB.</param>
    /// <exception cref="AemloInputException">The bytes are not valid, or the labels cannot be found.</exception>
    public static MultiLabelDataset Read(Stream stream, string displayName, LabelSelection labels, ArffReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Read(stream, displayName, path: null, labels, options, cancellationToken);

    private static MultiLabelDataset Read(Stream stream, string file, string? path, LabelSelection labels, ArffReadOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ArffReadOptions();
        long start = stream.Position;
        long length = stream.Length - start;
        foreach (bool latin1 in (bool[])[false, true])
        {
            stream.Position = start;
            using var lines = new ArffLines(stream, file);
            var reading = new ArffReading(file, path, latin1, labels, options);
            bool valid = true;
            while (valid && lines.TryNext(out ReadOnlySpan<byte> block))
            {
                cancellationToken.ThrowIfCancellationRequested();
                valid = latin1 || Utf8.IsValid(block);
                if (valid)
                    reading.Take(block, (double)length / lines.BytesTaken);
            }

            if (valid)
                return reading.Finish(lines.Sha256());
        }

        throw new InvalidOperationException("every byte is valid in Latin-1");
    }
}
