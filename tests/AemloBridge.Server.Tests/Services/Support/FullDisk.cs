using AemloBridge.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>A store of data sets whose disk is full, and whose errors say so as the system does.</summary>
internal sealed class FullDisk : IDatasetStore
{
    public static void Install(IServiceCollection services) => services.AddSingleton<IDatasetStore>(new FullDisk());

    public IDatasetUpload Begin(string tenant) => throw new IOException("No space left on device : '/secret/data/file'", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

    public DatasetRecord? Find(string tenant, string digest) => throw new IOException("Input/output error : '/secret/data/file'");

    public IReadOnlyList<DatasetRecord> List(string tenant, string after, int limit) => throw new InvalidDataException("/secret/data/file");

    public bool Delete(string tenant, string digest) => throw new OperationCanceledException();

    public string FilePath(DatasetRecord dataset) => throw new NotSupportedException();

    public DateTimeOffset Expires(DatasetRecord dataset) => throw new NotSupportedException();
}
