namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Deletes what has expired.</summary>
internal sealed class Sweeper(EmbeddedStorage storage)
{
    // Few at a time, so that nobody waits long for the gate.
    private const int Batch = 100;

    // How long a list that stopped at something since removed can be gone on with.
    private static readonly TimeSpan KeepRemoved = TimeSpan.FromDays(1);

    /// <summary>One sweep.</summary>
    public void Run()
    {
        foreach (ItemKind kind in ItemKinds.All)
        {
            while (SweepBatch(kind))
                storage.Trash.Empty();
        }

        storage.Database.Write(connection => connection.Execute(
            "DELETE FROM removed WHERE removed <= $cutoff", ("$cutoff", (storage.Time.GetUtcNow() - KeepRemoved).UtcTicks)));
        storage.Trash.Empty();
        storage.Database.RestoreReserve();
    }

    private bool SweepBatch(ItemKind kind)
    {
        // The gate is held from the look at the times of last use to the removal: nothing is used in between.
        lock (storage.Database.Gate)
        {
            List<StoredItem> expired = storage.Database.Read(connection => connection.All(
                reader => new StoredItem(kind, reader.Text("tenant"), reader.Text("id"), reader.Long("bytes")),
                $"SELECT tenant, id, bytes FROM {Condition(kind)} LIMIT {Batch}",
                ("$cutoff", storage.Expiry.Cutoff(kind))));
            if (expired.Count == 0)
                return false;
            storage.Removals.Remove(expired);
            foreach (StoredItem item in expired)
            {
                StorageMetrics.Evicted(kind, "expired");
                storage.Logger.Expired(kind, item.Id, item.Bytes);
            }

            return true;
        }
    }

    private static string Condition(ItemKind kind) => kind switch
    {
        ItemKind.Dataset =>
            "datasets d WHERE last_used <= $cutoff AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant = d.tenant AND has_ended = 0 AND dataset = d.id)",
        ItemKind.Model =>
            "models m WHERE last_used <= $cutoff AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant = m.tenant AND has_ended = 0 AND model = m.id)",
        _ => "jobs WHERE has_ended = 1 AND coalesce(ended, created) <= $cutoff",
    };
}
