namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Who has stored how much, and what uploads under way have taken of the rest. Safe to call from any thread.</summary>
/// <param name="quota">Bytes a tenant may have; 0 for no limit.</param>
internal sealed class QuotaLedger(long quota)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Usage> _usage = new(StringComparer.Ordinal);

    public long Quota { get; } = quota;

    /// <summary>Takes bytes for an upload if they are free.</summary>
    public bool TryReserve(string tenant, long bytes)
    {
        lock (_gate)
        {
            if (Over(tenant, bytes) > 0)
                return false;
            Change(tenant, 0, bytes);
            return true;
        }
    }

    /// <summary>How many bytes too many it would be with these; 0 or less when they are free.</summary>
    public long Missing(string tenant, long bytes)
    {
        lock (_gate)
            return Over(tenant, bytes);
    }

    /// <summary>Bytes that uploads under way have taken.</summary>
    public long Reserved(string tenant)
    {
        lock (_gate)
            return _usage.GetValueOrDefault(tenant).Reserved;
    }

    /// <summary>Bytes that are stored.</summary>
    public long Stored(string tenant)
    {
        lock (_gate)
            return _usage.GetValueOrDefault(tenant).Stored;
    }

    /// <summary>Gives back what an upload took.</summary>
    public void Release(string tenant, long bytes)
    {
        lock (_gate)
            Change(tenant, 0, -bytes);
    }

    /// <summary>Notes bytes that have come (or gone, when negative), and that an upload took before.</summary>
    public void Store(string tenant, long bytes, long reserved = 0)
    {
        lock (_gate)
            Change(tenant, bytes, -reserved);
    }

    private long Over(string tenant, long bytes)
    {
        if (Quota <= 0)
            return 0;
        Usage usage = _usage.GetValueOrDefault(tenant);
        return usage.Stored + usage.Reserved + bytes - Quota;
    }

    private void Change(string tenant, long stored, long reserved)
    {
        Usage usage = _usage.GetValueOrDefault(tenant);
        usage = new Usage(usage.Stored + stored, usage.Reserved + reserved);
        if (usage == default)
            _usage.Remove(tenant);
        else
            _usage[tenant] = usage;
    }

    private readonly record struct Usage(long Stored, long Reserved);
}
