using AemloBridge.Data;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>A file on its way into the store, under a temporary name in the folder it will stay in.</summary>
internal sealed class UploadFile : IDisposable
{
    // Room for the first byte is found before there is a file, so that a used-up quota refuses an upload at once.
    private const long FirstByte = 1;

    private readonly EmbeddedStorage _storage;
    private readonly string _tenant;
    private readonly ItemKind _kind;
    private readonly UploadStream _content;
    private long _reserved;
    private bool _ended;

    /// <summary>Begins an upload.</summary>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the quota is used up or the disk is full.</exception>
    public UploadFile(EmbeddedStorage storage, string tenant, ItemKind kind)
    {
        _storage = storage;
        _tenant = tenant;
        _kind = kind;
        storage.Space.Reserve(tenant, FirstByte);
        _reserved = FirstByte;
        try
        {
            Temporary = StorageFolder.Temporary(storage.Folder.MakeFor(tenant, kind));
            _content = new UploadStream(new FileStream(Temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0), Reserve, storage.Logger);
        }
        catch (Exception error)
        {
            storage.Ledger.Release(tenant, _reserved);
            if (DiskFull.Is(error))
                throw DiskFull.Refusal();
            throw;
        }
    }

    /// <summary>Where the bytes go.</summary>
    public Stream Content => _content;

    /// <summary>The temporary name.</summary>
    public string Temporary { get; }

    public long Bytes => _content.Length;

    /// <summary>Puts the content on the disk; nothing can be written afterwards.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_content.IsBroken)
            throw new InvalidOperationException("an earlier error has left this upload incomplete; begin another one");
        _content.Finish();
    }

    /// <summary>Gives the finished file its name, then makes its record. Call it with the gate held since nothing of that name was found.</summary>
    /// <param name="id">The name within the tenant and kind.</param>
    /// <param name="record">Makes the record, durably; when it throws, the file has no name again.</param>
    public void Publish(string id, Action record)
    {
        lock (_storage.Database.Gate)
        {
            string path = _storage.Folder.Of(_tenant, _kind, id);
            _storage.Trash.Keep(path);
            File.Move(Temporary, path, overwrite: true);
            try
            {
                FolderFlush.Flush(Path.GetDirectoryName(path)!);
                record();
            }
            catch
            {
                File.Move(path, Temporary);
                throw;
            }

            _ended = true;
            _storage.Ledger.Store(_tenant, Bytes, _reserved);
            StorageMetrics.Stored(_kind, Bytes);
        }
    }

    /// <summary>Drops whatever was not published.</summary>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _content.Dispose();
        try
        {
            File.Delete(Temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _storage.Logger.RemovalPostponed(Temporary, error.Message);
            _storage.Trash.Add(Temporary);
        }

        _storage.Ledger.Release(_tenant, _reserved);
    }

    private void Reserve(long length)
    {
        if (length <= _reserved)
            return;
        _storage.Space.Reserve(_tenant, length - _reserved);
        _reserved = length;
    }
}
