using AemloBridge.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>
/// The records: SQLite with a write-ahead log. One writer at a time, under <see cref="Gate"/>; readers see the last
/// commit and wait for nobody.
/// </summary>
internal sealed class Database : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int BusySeconds = 30;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _relaxed;
    private readonly string _path;
    private readonly SpaceReserve _reserve;
    private readonly string _readers;
    private bool _disposed;

    private Database(string path, SqliteConnection writer, SqliteConnection relaxed, bool wasEmpty)
    {
        _path = path;
        _reserve = new SpaceReserve(Path.Combine(Path.GetDirectoryName(path)!, "reserve"));
        _writer = writer;
        _relaxed = relaxed;
        _readers = Text(path, SqliteOpenMode.ReadOnly, pooling: true);
        WasEmpty = wasEmpty;
    }

    /// <summary>Held while records and the files that belong to them change together.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether the database held nothing, not even tables, when it was opened.</summary>
    public bool WasEmpty { get; }

    /// <summary>Opens a database, or makes it.</summary>
    /// <exception cref="AemloInputException">It is damaged, another program's, or of a newer version.</exception>
    public static Database Open(string path)
    {
        SqliteConnection? writer = null;
        SqliteConnection? relaxed = null;
        try
        {
            // Made here first, so that it, and the log that takes over its mode, are the owner's alone.
            bool isNew = !File.Exists(path);
            if (isNew && !OperatingSystem.IsWindows())
                new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerFile }).Dispose();
            writer = Connect(path, "FULL");
            if (writer.First(reader => reader.GetString(0), "PRAGMA quick_check(1)") is not "ok")
                throw Damaged(path);
            bool wasEmpty = Schema.Migrate(writer, path);
            FolderFlush.Flush(Path.GetDirectoryName(path)!);
            relaxed = Connect(path, "NORMAL");
            return new Database(path, writer, relaxed, wasEmpty);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or AemloInputException)
        {
            relaxed?.Dispose();
            writer?.Dispose();
            throw error switch
            {
                AemloInputException => error,
                _ when DiskFull.Is(error) => new AemloInputException("the database cannot be opened because the disk is full; make some space first", path),
                SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => Damaged(path),
                _ => new AemloInputException($"the database cannot be opened: {error.Message}", path),
            };
        }
    }

    /// <summary>Reads; several may at once.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var connection = new SqliteConnection(_readers);
        connection.Open();
        return read(connection);
    }

    /// <summary>Makes a change that is on the disk when the call returns, or not made at all.</summary>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the disk is full.</exception>
    public T Write<T>(Func<SqliteConnection, T> change)
    {
        try
        {
            return WriteOnce(change);
        }
        catch (SqliteException error) when (DiskFull.Is(error))
        {
            throw DiskFull.Refusal();
        }
    }

    /// <summary>As <see cref="Write{T}"/>, for what ends something or makes space: on a full disk it may use the last of it.</summary>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the disk is full, and the reserve is used up.</exception>
    public T WriteUrgent<T>(Func<SqliteConnection, T> change)
    {
        lock (Gate)
        {
            try
            {
                return WriteOnce(change);
            }
            catch (SqliteException error) when (DiskFull.Is(error) && _reserve.Release())
            {
                return Write(change);
            }
            catch (SqliteException error) when (DiskFull.Is(error))
            {
                throw DiskFull.Refusal();
            }
        }
    }

    /// <summary>Takes the space again that an urgent change may have needed, if the disk has some.</summary>
    public void RestoreReserve()
    {
        lock (Gate)
            _reserve.Restore();
    }

    /// <summary>
    /// Makes a change that a power cut may take back, never half of it: not flushed before the next <see cref="Write{T}"/>.
    /// For times of last use, which would cost a flush for every read.
    /// </summary>
    /// <returns>False when the disk is full: what only notes a reading must not fail it.</returns>
    public bool WriteRelaxed(Action<SqliteConnection> change)
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                change(_relaxed);
                return true;
            }
            catch (SqliteException error) when (DiskFull.Is(error))
            {
                return false;
            }
        }
    }

    /// <summary>Closes a database that was made just now, and takes it away again.</summary>
    public void Discard()
    {
        Dispose();
        foreach (string suffix in new[] { "", "-wal", "-shm" })
            File.Delete(_path + suffix);
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            using (var reader = new SqliteConnection(_readers))
                SqliteConnection.ClearPool(reader);
            _relaxed.Dispose();
            _writer.Dispose();
        }
    }

    private T WriteOnce<T>(Func<SqliteConnection, T> change)
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using SqliteTransaction transaction = _writer.BeginTransaction(deferred: false);
            T result = change(_writer);
            transaction.Commit();
            return result;
        }
    }

    private static AemloInputException Damaged(string path) =>
        new("the database is damaged; put a backup of the data folder in its place, or move the folder away to begin with an empty one", path);

    private static SqliteConnection Connect(string path, string synchronous)
    {
        var connection = new SqliteConnection(Text(path, SqliteOpenMode.ReadWriteCreate, pooling: false));
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {synchronous}");
            // On macOS a plain fsync leaves data in the drive's cache.
            connection.Execute("PRAGMA fullfsync = ON");
            connection.Execute("PRAGMA checkpoint_fullfsync = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string Text(string path, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling, DefaultTimeout = BusySeconds }.ToString();
}
