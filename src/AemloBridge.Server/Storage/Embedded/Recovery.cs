using AemloBridge.Data;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>
/// Makes records and files agree when the store is opened. Every change is ordered so that a crash leaves at most a
/// temporary file, or a file without a record; a record without its file means that somebody or a faulty disk removed it.
/// </summary>
internal sealed class Recovery(EmbeddedStorage storage)
{
    /// <summary>Deletes unfinished uploads and unfinished deletions; gives their number.</summary>
    public static int DeleteTemporaries(StorageFolder folder)
    {
        int deleted = 0;
        foreach (string path in folder.Temporaries().ToList())
        {
            try
            {
                if (Directory.Exists(path))
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
                deleted++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Invisible already; the next start tries again.
            }
        }

        return deleted;
    }

    /// <summary>Brings records, files and the count of bytes together.</summary>
    /// <exception cref="AemloInputException">There are files, but their records are gone.</exception>
    public void Run(int leftovers)
    {
        if (storage.Database.WasEmpty && storage.Folder.Items().Any())
        {
            storage.Database.Discard();
            throw new AemloInputException(
                "the folder holds data sets, models or jobs, but their database is missing; put it back, or move the folder away to begin with an empty one",
                storage.Folder.Database);
        }

        lock (storage.Database.Gate)
        {
            Dictionary<string, StoredItem> known = storage.Database.Read(Records)
                .ToDictionary(item => storage.Folder.Of(item.Tenant, item.Kind, item.Id), StringComparer.Ordinal);
            foreach (StoredItem item in known.Values)
            {
                storage.Ledger.Store(item.Tenant, item.Bytes);
                StorageMetrics.Stored(item.Kind, item.Bytes);
            }

            foreach ((_, string path) in storage.Folder.Items().Where(found => !known.ContainsKey(found.Path)).ToList())
            {
                storage.Trash.Discard(path);
                leftovers++;
            }

            storage.Removals.Remove(known.Where(IsLost).Select(pair => pair.Value).ToList());
            int Count(ItemKind kind) => known.Values.Count(item => item.Kind == kind);
            storage.Logger.Opened(storage.Folder.Path, Count(ItemKind.Dataset), Count(ItemKind.Model), Count(ItemKind.Job));
        }

        storage.Trash.Empty();
        storage.Database.RestoreReserve();
        if (leftovers > 0)
            storage.Logger.LeftoversDeleted(leftovers, storage.Folder.Path);
    }

    private static List<StoredItem> Records(SqliteConnection connection) =>
    [
        .. ItemKinds.All.SelectMany(kind => connection.All(
            reader => new StoredItem(kind, reader.Text("tenant"), reader.Text("id"), reader.Long("bytes")),
            $"SELECT tenant, id, bytes FROM {kind.Table()}")),
    ];

    private bool IsLost(KeyValuePair<string, StoredItem> known)
    {
        (string path, StoredItem item) = known;
        if (item.Kind == ItemKind.Job)
        {
            if (!Directory.Exists(path))
            {
                StorageFolder.Make(path);
                storage.Logger.JobFolderLost(item.Id);
            }

            return false;
        }

        var file = new FileInfo(path);
        if (file.Exists && file.Length == item.Bytes)
            return false;
        storage.Logger.FileLost(item.Kind, item.Id, item.Bytes);
        return true;
    }
}
