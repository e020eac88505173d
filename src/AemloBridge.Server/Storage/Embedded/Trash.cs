using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>
/// Deletes files and folders in two steps: they lose their names at once, while <see cref="Database.Gate"/> is held, so
/// that the name can be given again; their content goes afterwards, which takes long for big ones.
/// </summary>
internal sealed class Trash(Database database, ILogger logger)
{
    private readonly ConcurrentQueue<string> _nameless = new();
    private readonly HashSet<string> _stuck = new(StringComparer.Ordinal);

    /// <summary>Takes the name away. What cannot lose it now (Windows: a file being read) loses it at a later <see cref="Empty"/>.</summary>
    public void Discard(string path)
    {
        lock (database.Gate)
        {
            string temporary = StorageFolder.Temporary(Path.GetDirectoryName(path)!);
            try
            {
                if (Directory.Exists(path))
                    Directory.Move(path, temporary);
                else if (File.Exists(path))
                    File.Move(path, temporary);
                else
                    return;
                _nameless.Enqueue(temporary);
                _stuck.Remove(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (_stuck.Add(path))
                    logger.RemovalPostponed(path, error.Message);
            }
        }
    }

    /// <summary>The name is in use again: what has it now is not to be deleted.</summary>
    public void Keep(string path)
    {
        lock (database.Gate)
            _stuck.Remove(path);
    }

    /// <summary>Queues what has a temporary name already.</summary>
    public void Add(string temporary) => _nameless.Enqueue(temporary);

    /// <summary>Deletes everything discarded; what cannot be deleted now is tried again the next time.</summary>
    public void Empty()
    {
        lock (database.Gate)
        {
            foreach (string path in _stuck.ToArray())
                Discard(path);
        }

        for (int left = _nameless.Count; left > 0 && _nameless.TryDequeue(out string? path); left--)
        {
            try
            {
                if (Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                logger.RemovalPostponed(path, error.Message);
                _nameless.Enqueue(path);
            }
        }
    }
}
