namespace AemloBridge.Data;

/// <summary>
/// Several files that appear together: all are written in full under temporary names first, so that whatever goes wrong
/// with one of them is known before any appears.
/// </summary>
public sealed class AtomicFiles : IDisposable
{
    private readonly bool _overwrite;
    private readonly List<(AtomicFile File, string Path)> _files = [];

    /// <summary>No file yet.</summary>
    /// <param name="overwrite">True replaces existing files; false refuses to.</param>
    public AtomicFiles(bool overwrite) => _overwrite = overwrite;

    /// <summary>Writes a file in full, still under a temporary name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="AemloInputException">The file exists, or cannot be written.</exception>
    public void Add(string path, Action<Stream> write)
    {
        AtomicFile file = AtomicFile.Begin(path, _overwrite);
        _files.Add((file, path));
        try
        {
            write(file.Stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file cannot be written: {error.Message}", path);
        }

        file.Finish();
    }

    /// <summary>Gives all files their names, the one added first last; when one name cannot be given, the new files among the others disappear again.</summary>
    /// <exception cref="AemloInputException">A file of that name has appeared meanwhile, or the name cannot be given.</exception>
    public void Commit()
    {
        var appeared = new Stack<string>();
        try
        {
            foreach ((AtomicFile file, string path) in Enumerable.Reverse(_files))
            {
                bool isNew = !File.Exists(path);
                file.Commit();
                if (isNew)
                    appeared.Push(FileIdentity.Resolve(path));
            }
        }
        catch (AemloInputException)
        {
            while (appeared.TryPop(out string? path))
                File.Delete(path);
            throw;
        }
    }

    /// <summary>Deletes what was written unless <see cref="Commit"/> was reached.</summary>
    public void Dispose()
    {
        foreach ((AtomicFile file, _) in _files)
            file.Dispose();
    }
}
