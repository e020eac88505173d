using AemloBridge.Server.Errors;
using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Takes things out of the store: first the record, then the file, so that a crash in between leaves a file that the next start deletes.</summary>
internal sealed class Removals(StorageFolder folder, Database database, QuotaLedger ledger, Trash trash, TimeProvider time)
{
    /// <summary>Removes things in one go. Call it with the gate held since the decision; then empty the trash.</summary>
    public void Remove(IReadOnlyCollection<StoredItem> items)
    {
        lock (database.Gate)
        {
            database.WriteUrgent(connection =>
            {
                foreach (StoredItem item in items)
                    Forget(connection, item);
                return true;
            });
            foreach (StoredItem item in items)
            {
                ledger.Store(item.Tenant, -item.Bytes);
                StorageMetrics.Stored(item.Kind, -item.Bytes);
                trash.Discard(folder.Of(item.Tenant, item.Kind, item.Id));
            }
        }
    }

    /// <summary>Deletes a data set or model because its tenant says so; false when there is none.</summary>
    /// <exception cref="RequestException">FAILED_PRECONDITION: a job that has not ended needs it.</exception>
    public bool Delete(ItemKind kind, string tenant, string id)
    {
        lock (database.Gate)
        {
            StoredItem? item = database.Read(connection => connection.First(
                reader => new StoredItem(kind, tenant, id, reader.Long("bytes")),
                $"SELECT bytes FROM {kind.Table()} WHERE tenant = $tenant AND id = $id",
                ("$tenant", tenant), ("$id", id)));
            if (item is null)
                return false;
            string? job = database.Read(connection => connection.First(
                reader => reader.Text("id"),
                $"SELECT id FROM jobs WHERE tenant = $tenant AND has_ended = 0 AND {Column(kind)} = $id ORDER BY created, id LIMIT 1",
                ("$tenant", tenant), ("$id", id)));
            if (job is not null)
            {
                throw new RequestException(
                    StatusCode.FailedPrecondition,
                    Reasons.InUse,
                    $"{kind.Noun()} '{id}' is needed by job '{job}', which has not ended; wait for its end, or cancel it first");
            }

            Remove([item]);
        }

        trash.Empty();
        return true;
    }

    // The column of a job that names a thing of the kind.
    private static string Column(ItemKind kind) => kind == ItemKind.Dataset ? "dataset" : "model";

    private void Forget(SqliteConnection connection, StoredItem item)
    {
        // Lists ordered by age go on after an id even when what it stood for is gone.
        if (item.Kind != ItemKind.Dataset)
        {
            connection.Execute(
                $"""
                INSERT OR REPLACE INTO removed (kind, tenant, id, created, removed)
                SELECT $kind, tenant, id, created, $now FROM {item.Kind.Table()} WHERE tenant = $tenant AND id = $id
                """,
                ("$kind", (int)item.Kind), ("$tenant", item.Tenant), ("$id", item.Id), ("$now", time.GetUtcNow().UtcTicks));
        }

        connection.Execute($"DELETE FROM {item.Kind.Table()} WHERE tenant = $tenant AND id = $id", ("$tenant", item.Tenant), ("$id", item.Id));
    }
}
