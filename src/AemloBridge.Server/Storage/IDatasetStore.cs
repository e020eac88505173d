namespace AemloBridge.Server.Storage;

/// <summary>Keeps data sets, each tenant's apart. Safe to call from any thread.</summary>
internal interface IDatasetStore
{
    /// <summary>Begins to store a data set under a temporary name.</summary>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the quota is used up or the disk is full.</exception>
    IDatasetUpload Begin(string tenant);

    /// <summary>Finds a data set and notes that it was used; null when the tenant has none.</summary>
    DatasetRecord? Find(string tenant, string digest);

    /// <summary>The tenant's data sets by digest.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">The digest to begin after; empty for the beginning.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<DatasetRecord> List(string tenant, string after, int limit);

    /// <summary>Deletes a data set; false when the tenant has none.</summary>
    /// <exception cref="Errors.RequestException">FAILED_PRECONDITION: a job that has not ended needs it.</exception>
    bool Delete(string tenant, string digest);

    /// <summary>The file that holds it: a DatasetHeader and RowBlocks, each preceded by its length.</summary>
    string FilePath(DatasetRecord dataset);

    /// <summary>When it may go unless it is used before.</summary>
    DateTimeOffset Expires(DatasetRecord dataset);
}

/// <summary>A data set on its way into the store; nothing of it stays unless it is committed.</summary>
internal interface IDatasetUpload : IDisposable
{
    /// <summary>Where the bytes go. Writing beyond the quota or a full disk: RESOURCE_EXHAUSTED.</summary>
    Stream Content { get; }

    /// <summary>Flushes the bytes to the disk, gives the file its name and records it.</summary>
    /// <param name="dataset">What it is; Tenant, Bytes, Created and LastUsed are the store's to fill.</param>
    /// <param name="existed">True when the tenant had this digest already: the new bytes are dropped.</param>
    DatasetRecord Commit(DatasetRecord dataset, out bool existed);
}
