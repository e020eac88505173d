using System.Text.Unicode;
using AemloBridge.Data.Arff;

namespace AemloBridge.Data;

/// <summary>Reads multi-label data sets from ARFF files as Weka, Mulan and MEKA write them.</summary>
/// <remarks>
/// Strict: whatever is wrong ends in an <see cref="AemloInputException"/> with its line, column and attribute. A file that is
/// not valid UTF-8 is read as Latin-1, with a warning.
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

            // A pipe gives its bytes once; they are needed again for another encoding, and to copy them to the output.
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            MultiLabelDataset data = Read(copy, path, path, labels, options, cancellationToken);
            ArffSource source = data.Source! with { Content = copy.GetBuffer().AsMemory(0, (int)copy.Length) };
            return new MultiLabelDataset(data.Schema, data.Features, data.Labels, data.Weights, source);
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
        long? invalidLine = null;
        while (true)
        {
            stream.Position = start;
            using var lines = new ArffLines(stream, file);
            var reading = new ArffReading(file, path, invalidLine, labels, options);
            bool again = false;
            while (!again && lines.TryNext(out ReadOnlySpan<byte> block))
            {
                cancellationToken.ThrowIfCancellationRequested();
                again = invalidLine is null && !Utf8.IsValid(block);
                if (again)
                    invalidLine = reading.LinesTaken + FirstInvalidLine(block);
                else
                    reading.Take(block, (double)length / lines.BytesTaken);
            }

            if (!again)
                return reading.Finish(lines.Sha256());
        }
    }

    // 1-based; no character's bytes hold a line end, so each line can be judged alone.
    private static int FirstInvalidLine(ReadOnlySpan<byte> block)
    {
        int line = 1;
        for (int end; (end = block.IndexOf((byte)'\n')) >= 0 && Utf8.IsValid(block[..end]); line++)
            block = block[(end + 1)..];
        return line;
    }
}
