using AemloBridge.Data;
using AemloBridge.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>The embedded engine: records in SQLite and everything else in files, in one folder that one process has.</summary>
internal sealed class EmbeddedStorage : IDisposable
{
    private readonly FolderLock _lock;
    private bool _disposed;

    private EmbeddedStorage(StorageFolder folder, FolderLock held, Database database, Limits limits, TimeProvider time, ILogger logger)
    {
        _lock = held;
        Folder = folder;
        Database = database;
        Time = time;
        Logger = logger;
        Ledger = new QuotaLedger(limits.TenantQuotaBytes);
        Trash = new Trash(database, logger);
        Expiry = new ExpiryRules(limits, time);
        Removals = new Removals(folder, database, Ledger, Trash, time);
        Space = new TenantSpace(database, Ledger, Removals, Trash, Expiry, logger);
        Datasets = new EmbeddedDatasetStore(this);
        Models = new EmbeddedModelStore(this);
        Jobs = new EmbeddedJobStore(this);
    }

    public IDatasetStore Datasets { get; }

    public IModelStore Models { get; }

    public IJobStore Jobs { get; }

    internal StorageFolder Folder { get; }

    internal Database Database { get; }

    internal QuotaLedger Ledger { get; }

    internal TenantSpace Space { get; }

    internal Removals Removals { get; }

    internal Trash Trash { get; }

    internal ExpiryRules Expiry { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    /// <summary>Opens the data folder, or makes it, and clears away what an interrupted change left.</summary>
    /// <exception cref="AemloInputException">The folder cannot be used: in use, not writable, damaged, or of a newer version.</exception>
    public static EmbeddedStorage Open(string path, Limits limits, TimeProvider time, ILogger logger)
    {
        StorageFolder folder = StorageFolder.Prepare(path);
        FolderLock held = FolderLock.Take(folder.Path);
        Database? database = null;
        try
        {
            // Before the database is opened, which takes some space on a disk that may be full.
            int leftovers = Recovery.DeleteTemporaries(folder);
            database = Database.Open(folder.Database);
            var storage = new EmbeddedStorage(folder, held, database, limits, time, logger);
            new Recovery(storage).Run(leftovers);
            return storage;
        }
        catch
        {
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Deletes what has expired and no job that has not ended needs, and what could not be deleted before.</summary>
    public void Sweep() => new Sweeper(this).Run();

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            foreach (ItemKind kind in ItemKinds.All)
                StorageMetrics.Stored(kind, -Total(kind));
        }
        finally
        {
            Database.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Bytes of a kind over all tenants.</summary>
    internal long Total(ItemKind kind) => Database.Read(connection => connection.Number($"SELECT sum(bytes) FROM {kind.Table()}")) ?? 0;
}
