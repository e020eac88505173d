namespace AemloBridge.Server.Storage.Embedded;

/// <inheritdoc cref="IDatasetUpload"/>
internal sealed class DatasetUpload(EmbeddedStorage storage, EmbeddedDatasetStore store, string tenant) : IDatasetUpload
{
    private readonly UploadFile _file = new(storage, tenant, ItemKind.Dataset);

    public Stream Content => _file.Content;

    public DatasetRecord Commit(DatasetRecord dataset, out bool existed)
    {
        StorageFolder.CheckId(ItemKind.Dataset, dataset.Digest);
        _file.Finish();
        lock (storage.Database.Gate)
        {
            DatasetRecord? stored = store.Find(tenant, dataset.Digest);
            existed = stored is not null;
            if (stored is null)
            {
                DateTimeOffset now = storage.Time.GetUtcNow();
                stored = dataset with { Tenant = tenant, Bytes = _file.Bytes, Created = now, LastUsed = now };
                _file.Publish(stored.Digest, () => store.Insert(stored));
            }

            return stored;
        }
    }

    public void Dispose() => _file.Dispose();
}
