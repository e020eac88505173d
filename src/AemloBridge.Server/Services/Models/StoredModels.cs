using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Server.Services.Models;

/// <summary>Models in the store: how they are found and described.</summary>
internal static class StoredModels
{
    /// <summary>The word for one in messages.</summary>
    public const string What = "model";

    /// <summary>The tenant's model of that id.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT, NOT_FOUND.</exception>
    public static ModelRecord Find(IModelStore store, string tenant, string field, string id) =>
        store.Find(tenant, RequestFields.Id(field, What, id)) ?? throw RequestFields.NotFound(What, id);

    /// <summary>The message of a record.</summary>
    public static Model Message(ModelRecord record, DateTimeOffset expires) => new()
    {
        Id = record.Id,
        Name = record.Name,
        Sha256 = record.Sha256,
        ByteCount = (ulong)record.Bytes,
        DatasetDigest = record.DatasetDigest,
        Method = MethodMessages.Of(record.Method, record.Options),
        FeatureCount = (uint)record.Features,
        LabelCount = (uint)record.Labels,
        SeedRowCount = (ulong)record.SeedRows,
        Created = Timestamp.FromDateTimeOffset(record.Created),
        LastUsed = Timestamp.FromDateTimeOffset(record.LastUsed),
        Expires = Timestamp.FromDateTimeOffset(expires),
    };

    /// <summary>What the file says of itself.</summary>
    /// <exception cref="RequestException">NOT_FOUND: it was deleted meanwhile.</exception>
    /// <exception cref="InvalidOperationException">The file is damaged, which is no fault of the request.</exception>
    public static ModelDescription Describe(IModelStore store, ModelRecord record)
    {
        try
        {
            return ModelFile.Describe(store.FilePath(record));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestFields.NotFound(What, record.Id);
        }
        catch (AemloModelFormatException exception)
        {
            throw new InvalidOperationException($"the file of model {record.Id} is damaged", exception);
        }
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="RequestException">NOT_FOUND: it was deleted meanwhile.</exception>
    public static FileStream Open(IModelStore store, ModelRecord record)
    {
        try
        {
            return new FileStream(store.FilePath(record), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestFields.NotFound(What, record.Id);
        }
    }
}
