namespace AemloBridge.Data;

/// <summary>
/// A file that appears whole or not at all: written to a temporary name in the same folder, flushed to the disk, then
/// renamed. A link is followed: the file that it leads to is written, and the link stays.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private FileStream? _stream;
    private bool _finished;

    private AtomicFile(string path, string target, string temporary, bool overwrite, FileStream stream)
    {
        _path = path;
        _target = target;
        _temporary = temporary;
        _overwrite = overwrite;
        _stream = stream;
    }

    /// <summary>Where the content is written.</summary>
    public Stream Stream => _stream ?? throw new InvalidOperationException($"{_path} is finished; nothing can be written to it");

    /// <summary>Writes a file in one go; when <paramref name="write"/> throws, nothing is left and an existing file stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">True replaces an existing file; false refuses to.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="AemloInputException">The file exists, or cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        using AtomicFile file = Begin(path, overwrite);
        write(file.Stream);
        file.Finish();
        file.Commit();
    }

    /// <summary>Begins a file; it appears only with <see cref="Commit"/>, and disposing before that leaves nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">True replaces an existing file; false refuses to.</param>
    /// <exception cref="AemloInputException">The file exists, is a pipe or a device, or its folder does not exist or cannot be written to.</exception>
    public static AtomicFile Begin(string path, bool overwrite)
    {
        string target = FileIdentity.Resolve(path);
        if (Directory.Exists(target))
            throw new AemloInputException("this is a folder, not a file; add a file name", path);
        if (SpecialFile.Is(path))
            throw new AemloInputException("this is a pipe or a device, which a file cannot replace; choose another name", path);
        string folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder))
            throw new AemloInputException("its folder does not exist; create it first", path);
        if (!overwrite && File.Exists(target))
            throw Exists(path);
        string temporary = Path.Combine(folder, $".aemlo-{Guid.NewGuid():N}.tmp");
        try
        {
            return new AtomicFile(path, target, temporary, overwrite, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file cannot be written: {error.Message}", path, inner: error);
        }
    }

    /// <summary>Ends the content and flushes it to the disk, still under the temporary name.</summary>
    /// <exception cref="AemloInputException">The disk does not take it.</exception>
    public void Finish()
    {
        try
        {
            if (_stream is null)
                return;
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            _stream = null;
        }
        catch (IOException error)
        {
            throw new AemloInputException($"the file cannot be written: {error.Message}", _path, inner: error);
        }
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="AemloInputException">A file of that name has appeared meanwhile, or the name cannot be given.</exception>
    public void Commit()
    {
        Finish();
        try
        {
            File.Move(_temporary, _target, _overwrite);
            _finished = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw !_overwrite && File.Exists(_target)
                ? Exists(_path)
                : new AemloInputException($"the file cannot be written: {error.Message}", _path, inner: error);
        }

        FolderFlush.Flush(Path.GetDirectoryName(_target)!);
    }

    /// <summary>Deletes what was written unless <see cref="Commit"/> was reached.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        if (_finished)
            return;
        _finished = true;
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The error that led here matters more than a temporary file that cannot be deleted.
        }
    }

    internal static AemloInputException Exists(string path) =>
        new("this file exists already; choose another name, or overwrite it with --force", path);
}
