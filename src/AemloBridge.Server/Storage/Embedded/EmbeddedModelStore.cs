using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Models: a record and a safetensors file each.</summary>
internal sealed class EmbeddedModelStore(EmbeddedStorage storage) : IModelStore
{
    private const string Columns = "tenant, id, name, sha256, bytes, dataset, method, options, features, labels, seed_rows, created, last_used";

    public IModelUpload Begin(string tenant) => new ModelUpload(storage, this, tenant);

    public ModelRecord? Find(string tenant, string id) => Used(storage.Database.Read(connection => connection.First(
        Map,
        $"SELECT {Columns} FROM models WHERE tenant = $tenant AND id = $id",
        ("$tenant", tenant), ("$id", id))));

    public IReadOnlyList<ModelRecord> List(string tenant, string after, int limit) => storage.Database.Read(connection => connection.All(
        Map,
        $"""
        SELECT {Columns} FROM models WHERE tenant = $tenant AND (created, id) < ($created, $after)
        ORDER BY created DESC, id DESC LIMIT $limit
        """,
        ("$tenant", tenant), ("$created", ListPosition.Of(connection, ItemKind.Model, tenant, after)), ("$after", after), ("$limit", limit)));

    public bool Delete(string tenant, string id) => storage.Removals.Delete(ItemKind.Model, tenant, id);

    public string FilePath(ModelRecord model) => storage.Folder.Of(model.Tenant, ItemKind.Model, model.Id);

    public DateTimeOffset Expires(ModelRecord model) => storage.Expiry.Expires(ItemKind.Model, model.LastUsed);

    /// <summary>The tenant's model of that id, or else of the same file; notes that it was used.</summary>
    internal ModelRecord? FindSame(string tenant, string id, string sha256) => Find(tenant, id) ?? Used(storage.Database.Read(connection => connection.First(
        Map,
        $"SELECT {Columns} FROM models WHERE tenant = $tenant AND sha256 = $sha256 AND sha256 <> '' ORDER BY created, id LIMIT 1",
        ("$tenant", tenant), ("$sha256", sha256))));

    /// <summary>Makes a record.</summary>
    internal void Insert(ModelRecord model) => storage.Database.Write(connection => connection.Execute(
        $"""
        INSERT INTO models ({Columns})
        VALUES ($tenant, $id, $name, $sha256, $bytes, $dataset, $method, $options, $features, $labels, $seed_rows, $created, $last_used)
        """,
        ("$tenant", model.Tenant), ("$id", model.Id), ("$name", model.Name), ("$sha256", model.Sha256), ("$bytes", model.Bytes),
        ("$dataset", model.DatasetDigest), ("$method", model.Method), ("$options", OptionsText.Write(model.Options)),
        ("$features", model.Features), ("$labels", model.Labels), ("$seed_rows", model.SeedRows),
        ("$created", model.Created.UtcTicks), ("$last_used", model.LastUsed.UtcTicks)));

    private static ModelRecord Map(SqliteDataReader row) => new(
        row.Text("tenant"),
        row.Text("id"),
        row.Text("name"),
        row.Text("sha256"),
        row.Long("bytes"),
        row.Text("dataset"),
        row.Text("method"),
        OptionsText.Read(row.Text("options")),
        row.Int("features"),
        row.Int("labels"),
        row.Long("seed_rows"),
        row.Time("created"),
        row.Time("last_used"));

    private ModelRecord? Used(ModelRecord? model) =>
        model is null ? null : model with { LastUsed = LastUse.Note(storage, ItemKind.Model, model.Tenant, model.Id, model.LastUsed) };
}
