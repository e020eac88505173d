namespace AemloBridge.Server.Storage.Embedded;

/// <summary>What takes space in the store.</summary>
internal enum ItemKind
{
    Dataset = 1,
    Model = 2,
    Job = 3,
}

/// <summary>One stored thing, as quotas, expiry and deletion see it.</summary>
internal sealed record StoredItem(ItemKind Kind, string Tenant, string Id, long Bytes);

/// <summary>The words for a kind.</summary>
internal static class ItemKinds
{
    public static IReadOnlyList<ItemKind> All { get; } = [ItemKind.Dataset, ItemKind.Model, ItemKind.Job];

    /// <summary>Its table in the database, and its folder within a tenant's.</summary>
    public static string Table(this ItemKind kind) => kind switch
    {
        ItemKind.Dataset => "datasets",
        ItemKind.Model => "models",
        ItemKind.Job => "jobs",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>As people call it.</summary>
    public static string Noun(this ItemKind kind) => kind switch
    {
        ItemKind.Dataset => "data set",
        ItemKind.Model => "model",
        ItemKind.Job => "job",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
