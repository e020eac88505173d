namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Times of last use, by which things expire and make room.</summary>
internal static class LastUse
{
    /// <summary>
    /// Notes that something is used now. Not flushed to the disk: a power cut may make the thing look a little older,
    /// and a full disk may leave the time as it was; neither is worth a flush for every look-up.
    /// </summary>
    /// <returns>The time of last use: now, unless the clock was set back.</returns>
    public static DateTimeOffset Note(EmbeddedStorage storage, ItemKind kind, string tenant, string id, DateTimeOffset known)
    {
        DateTimeOffset now = storage.Time.GetUtcNow();
        if (now <= known)
            return known;
        bool noted = storage.Database.WriteRelaxed(connection => connection.Execute(
            $"UPDATE {kind.Table()} SET last_used = max(last_used, $now) WHERE tenant = $tenant AND id = $id",
            ("$now", now.UtcTicks), ("$tenant", tenant), ("$id", id)));
        return noted ? now : known;
    }
}
