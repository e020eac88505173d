using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Server.Services.Datasets;

/// <summary>Data sets in the store: how they are found, described, and read as far as the front end needs them.</summary>
internal static class StoredDatasets
{
    /// <summary>The word for one in messages.</summary>
    public const string What = "data set";

    /// <summary>The tenant's data set of that digest.</summary>
    /// <exception cref="RequestException">INVALID_ARGUMENT, NOT_FOUND.</exception>
    public static DatasetRecord Find(IDatasetStore store, string tenant, string field, string digest) =>
        store.Find(tenant, RequestFields.Digest(field, digest)) ?? throw RequestFields.NotFound(What, digest);

    /// <summary>The message of a record.</summary>
    public static Dataset Message(DatasetRecord record, DateTimeOffset expires) => new()
    {
        Digest = record.Digest,
        Name = record.Name,
        RowCount = (ulong)record.Rows,
        FeatureCount = (uint)record.Features,
        LabelCount = (uint)record.Labels,
        Layout = record.Sparse ? FeatureLayout.Sparse : FeatureLayout.Dense,
        StoredBytes = (ulong)record.Bytes,
        Created = Timestamp.FromDateTimeOffset(record.Created),
        LastUsed = Timestamp.FromDateTimeOffset(record.LastUsed),
        Expires = Timestamp.FromDateTimeOffset(expires),
    };

    /// <summary>Reads something from a stored file.</summary>
    /// <exception cref="RequestException">NOT_FOUND: it was deleted meanwhile.</exception>
    /// <exception cref="InvalidOperationException">The file is damaged, which is no fault of the request.</exception>
    public static T Read<T>(IDatasetStore store, DatasetRecord record, Func<Stream, T> read)
    {
        try
        {
            using FileStream stream = new(store.FilePath(record), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return read(stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestFields.NotFound(What, record.Digest);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or ContractException)
        {
            throw new InvalidOperationException($"the file of data set {record.Digest} is damaged", exception);
        }
    }

    /// <summary>The columns, from the header alone.</summary>
    public static Data.DatasetSchema ReadSchema(IDatasetStore store, DatasetRecord record) =>
        Read(store, record, stream => SchemaContract.FromMessage(DatasetHeader.Parser.ParseDelimitedFrom(stream).Schema, DatasetLimits.None));
}
