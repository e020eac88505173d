using AemloBridge.Server.Errors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Finds room for uploads: free space first, then what may go.</summary>
internal sealed class TenantSpace(Database database, QuotaLedger ledger, Removals removals, Trash trash, ExpiryRules expiry, ILogger logger)
{
    /// <summary>Takes bytes of a tenant's quota for an upload, if need be by deleting what is expired, then what was not used for longest.</summary>
    /// <exception cref="RequestException">RESOURCE_EXHAUSTED: not even that would do; nothing was deleted then.</exception>
    public void Reserve(string tenant, long bytes)
    {
        while (!ledger.TryReserve(tenant, bytes))
            Evict(tenant, bytes, keep: []);
    }

    /// <summary>Finds room for bytes without taking it, in the same way.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="keep">Ids of what must not be deleted for it.</param>
    /// <exception cref="RequestException">RESOURCE_EXHAUSTED: there is none; nothing was deleted then.</exception>
    public void Require(string tenant, long bytes, IReadOnlyCollection<string> keep)
    {
        if (ledger.Missing(tenant, bytes) > 0)
            Evict(tenant, bytes, keep);
    }

    private void Evict(string tenant, long bytes, IReadOnlyCollection<string> keep)
    {
        lock (database.Gate)
        {
            long missing = ledger.Missing(tenant, bytes);
            if (missing <= 0)
                return;
            var evicted = new List<StoredItem>();
            foreach (StoredItem item in database.Read(connection => Evictable(connection, tenant)).Where(item => !keep.Contains(item.Id)))
            {
                evicted.Add(item);
                missing -= item.Bytes;
                if (missing <= 0)
                    break;
            }

            if (missing > 0)
                throw Exceeded(tenant);
            removals.Remove(evicted);
            foreach (StoredItem item in evicted)
            {
                StorageMetrics.Evicted(item.Kind, "quota");
                logger.Evicted(item.Kind, item.Id, item.Bytes);
            }
        }

        trash.Empty();
    }

    private List<StoredItem> Evictable(SqliteConnection connection, string tenant) => connection.All(
        reader => new StoredItem((ItemKind)reader.Int("kind"), tenant, reader.Text("id"), reader.Long("bytes")),
        $"""
        SELECT {(int)ItemKind.Dataset} AS kind, id, bytes, last_used AS used, last_used <= $datasets AS expired FROM datasets
            WHERE tenant = $tenant AND bytes > 0 AND id NOT IN (SELECT dataset FROM jobs WHERE tenant = $tenant AND has_ended = 0)
        UNION ALL SELECT {(int)ItemKind.Model}, id, bytes, last_used, last_used <= $models FROM models
            WHERE tenant = $tenant AND bytes > 0 AND id NOT IN (SELECT model FROM jobs WHERE tenant = $tenant AND has_ended = 0)
        UNION ALL SELECT {(int)ItemKind.Job}, id, bytes, coalesce(ended, created), 1 FROM jobs
            WHERE tenant = $tenant AND bytes > 0 AND has_ended = 1 AND coalesce(ended, created) <= $jobs
        ORDER BY expired DESC, used, id
        """,
        ("$tenant", tenant), ("$datasets", expiry.Cutoff(ItemKind.Dataset)), ("$models", expiry.Cutoff(ItemKind.Model)), ("$jobs", expiry.Cutoff(ItemKind.Job)));

    private RequestException Exceeded(string tenant)
    {
        string Size(ItemKind kind) => ByteText.Of(database.Read(connection =>
            connection.Number($"SELECT sum(bytes) FROM {kind.Table()} WHERE tenant = $tenant", ("$tenant", tenant))) ?? 0);

        return RequestException.Exhausted(
            Reasons.QuotaExceeded,
            $"this does not fit into the tenant's quota of {ByteText.Of(ledger.Quota)}: data sets take {Size(ItemKind.Dataset)}, models {Size(ItemKind.Model)}, "
            + $"results of jobs {Size(ItemKind.Job)}, uploads under way {ByteText.Of(ledger.Reserved(tenant))}; delete data sets or models that are not needed "
            + "any more (those of jobs that have not ended stay until then), or ask whoever runs the server for a larger quota");
    }
}
