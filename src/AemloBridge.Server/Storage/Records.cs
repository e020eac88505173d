namespace AemloBridge.Server.Storage;

/// <summary>A stored data set; its digest is its name within the tenant.</summary>
internal sealed record DatasetRecord(
    string Tenant,
    string Digest,
    string Name,
    int Rows,
    int Features,
    int Labels,
    bool Sparse,
    long Entries,
    long Bytes,
    DateTimeOffset Created,
    DateTimeOffset LastUsed);

/// <summary>A stored model file: with the data set it was trained on (empty for an uploaded one) and every option of that training.</summary>
internal sealed record ModelRecord(
    string Tenant,
    string Id,
    string Name,
    string Sha256,
    long Bytes,
    string DatasetDigest,
    string Method,
    IReadOnlyDictionary<string, string> Options,
    int Features,
    int Labels,
    long SeedRows,
    DateTimeOffset Created,
    DateTimeOffset LastUsed);
