namespace AemloBridge.Server.Storage.Embedded;

/// <inheritdoc cref="IModelUpload"/>
internal sealed class ModelUpload(EmbeddedStorage storage, EmbeddedModelStore store, string tenant) : IModelUpload
{
    private readonly UploadFile _file = new(storage, tenant, ItemKind.Model);

    public Stream Content => _file.Content;

    public string Flush()
    {
        _file.Finish();
        return _file.Temporary;
    }

    public ModelRecord Commit(ModelRecord model, out bool existed)
    {
        StorageFolder.CheckId(ItemKind.Model, model.Id);
        _file.Finish();
        lock (storage.Database.Gate)
        {
            ModelRecord? stored = store.FindSame(tenant, model.Id, model.Sha256);
            existed = stored is not null;
            if (stored is null)
            {
                DateTimeOffset now = storage.Time.GetUtcNow();
                stored = model with { Tenant = tenant, Bytes = _file.Bytes, Created = now, LastUsed = now };
                _file.Publish(stored.Id, () => store.Insert(stored));
            }

            return stored;
        }
    }

    public void Dispose() => _file.Dispose();
}
