namespace AemloBridge.Server.Storage;

/// <summary>Keeps model files, each tenant's apart. Safe to call from any thread.</summary>
internal interface IModelStore
{
    /// <summary>Begins to store a model file under a temporary name.</summary>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the quota is used up or the disk is full.</exception>
    IModelUpload Begin(string tenant);

    /// <summary>Finds a model and notes that it was used; null when the tenant has none.</summary>
    ModelRecord? Find(string tenant, string id);

    /// <summary>The tenant's models, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">The id to begin after; empty for the newest.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<ModelRecord> List(string tenant, string after, int limit);

    /// <summary>Deletes a model; false when the tenant has none.</summary>
    /// <exception cref="Errors.RequestException">FAILED_PRECONDITION: a job that has not ended needs it.</exception>
    bool Delete(string tenant, string id);

    /// <summary>The safetensors file.</summary>
    string FilePath(ModelRecord model);

    /// <summary>When it may go unless it is used before.</summary>
    DateTimeOffset Expires(ModelRecord model);
}

/// <summary>A model file on its way into the store; nothing of it stays unless it is committed.</summary>
internal interface IModelUpload : IDisposable
{
    /// <summary>Where the bytes go. Writing beyond the quota or a full disk: RESOURCE_EXHAUSTED.</summary>
    Stream Content { get; }

    /// <summary>The temporary file, flushed: to look into before it is committed.</summary>
    string Flush();

    /// <summary>Gives the file its name and records it. Committing an id that exists gives the stored record.</summary>
    /// <param name="model">What it is, its id included; Tenant, Bytes, Created and LastUsed are the store's to fill.</param>
    /// <param name="existed">True when the tenant had this id or this file already: the new bytes are dropped.</param>
    ModelRecord Commit(ModelRecord model, out bool existed);
}
