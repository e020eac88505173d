using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Data sets: a record and a file each.</summary>
internal sealed class EmbeddedDatasetStore(EmbeddedStorage storage) : IDatasetStore
{
    private const string Columns = "tenant, id, name, rows, features, labels, sparse, entries, bytes, created, last_used";

    public IDatasetUpload Begin(string tenant) => new DatasetUpload(storage, this, tenant);

    public DatasetRecord? Find(string tenant, string digest)
    {
        DatasetRecord? dataset = Get(tenant, digest);
        return dataset is null ? null : dataset with { LastUsed = LastUse.Note(storage, ItemKind.Dataset, tenant, digest, dataset.LastUsed) };
    }

    public IReadOnlyList<DatasetRecord> List(string tenant, string after, int limit) => storage.Database.Read(connection => connection.All(
        Map,
        $"SELECT {Columns} FROM datasets WHERE tenant = $tenant AND id > $after ORDER BY id LIMIT $limit",
        ("$tenant", tenant), ("$after", after), ("$limit", limit)));

    public bool Delete(string tenant, string digest) => storage.Removals.Delete(ItemKind.Dataset, tenant, digest);

    public string FilePath(DatasetRecord dataset) => storage.Folder.Of(dataset.Tenant, ItemKind.Dataset, dataset.Digest);

    public DateTimeOffset Expires(DatasetRecord dataset) => storage.Expiry.Expires(ItemKind.Dataset, dataset.LastUsed);

    /// <summary>The record as it is.</summary>
    internal DatasetRecord? Get(string tenant, string digest) => storage.Database.Read(connection => connection.First(
        Map,
        $"SELECT {Columns} FROM datasets WHERE tenant = $tenant AND id = $id",
        ("$tenant", tenant), ("$id", digest)));

    /// <summary>Makes a record.</summary>
    internal void Insert(DatasetRecord dataset) => storage.Database.Write(connection => connection.Execute(
        $"""
        INSERT INTO datasets ({Columns})
        VALUES ($tenant, $id, $name, $rows, $features, $labels, $sparse, $entries, $bytes, $created, $last_used)
        """,
        ("$tenant", dataset.Tenant), ("$id", dataset.Digest), ("$name", dataset.Name),
        ("$rows", dataset.Rows), ("$features", dataset.Features), ("$labels", dataset.Labels), ("$sparse", dataset.Sparse), ("$entries", dataset.Entries),
        ("$bytes", dataset.Bytes), ("$created", dataset.Created.UtcTicks), ("$last_used", dataset.LastUsed.UtcTicks)));

    private static DatasetRecord Map(SqliteDataReader row) => new(
        row.Text("tenant"),
        row.Text("id"),
        row.Text("name"),
        row.Int("rows"),
        row.Int("features"),
        row.Int("labels"),
        row.Flag("sparse"),
        row.Long("entries"),
        row.Long("bytes"),
        row.Time("created"),
        row.Time("last_used"));
}
