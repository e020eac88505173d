using AemloBridge.Server.Errors;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Where a list of the newest first goes on.</summary>
internal static class ListPosition
{
    /// <summary>When the thing that a page ended with was made; it may have been removed since.</summary>
    /// <returns>Stored ticks; beyond every moment for an empty <paramref name="after"/>.</returns>
    /// <exception cref="RequestException">INVALID_ARGUMENT: nobody knows it (any more).</exception>
    public static long Of(SqliteConnection connection, ItemKind kind, string tenant, string after)
    {
        if (after.Length == 0)
            return long.MaxValue;
        return connection.Number(
            $"""
            SELECT created FROM {kind.Table()} WHERE tenant = $tenant AND id = $id
            UNION ALL SELECT created FROM removed WHERE kind = {(int)kind} AND tenant = $tenant AND id = $id
            LIMIT 1
            """,
            ("$tenant", tenant), ("$id", after))
            ?? throw RequestException.Invalid("page_token", "what it stands for is not here any more; begin again with the first page");
    }
}
