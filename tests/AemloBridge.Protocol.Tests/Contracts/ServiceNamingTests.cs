using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.Contracts;

public sealed class ServiceNamingTests
{
    // Every call that clients rely on.
    private static readonly string[] Wanted =
    [
        "UploadDataset", "FindDataset", "ListDatasets", "DeleteDataset", "Analyze",
        "Oversample", "Train", "Generate", "WatchJob", "GetJob", "ListJobs", "CancelJob",
        "ListModels", "DownloadModel", "UploadModel", "DeleteModel", "GetServerInfo",
    ];

    /// <summary>buf's SERVICE_SUFFIX, RPC_PASCAL_CASE and RPC_REQUEST/RESPONSE_STANDARD_NAME and _UNIQUE.</summary>
    [Fact]
    public void Calls_OfEveryService_HaveMessagesOfTheirOwnNamedAfterThem()
    {
        Assert.All(ContractFiles.Descriptors.SelectMany(file => file.Services), service => Assert.Matches("^[A-Z][A-Za-z0-9]*Service$", service.Name));
        Assert.All(Calls(), call => Assert.Matches(Names.Pascal, call.Name));
        Assert.All(Calls(), call => Assert.Equal((call.Name + "Request", call.Name + "Response"), (call.InputType.Name, call.OutputType.Name)));
        Assert.Distinct(Calls().SelectMany(call => new[] { call.InputType.FullName, call.OutputType.FullName }));
    }

    [Fact]
    public void Calls_OfAllServices_AreThoseThatAServerPromises() =>
        Assert.Equal(Wanted.Order(StringComparer.Ordinal), Calls().Select(call => call.Name).Order(StringComparer.Ordinal));

    /// <summary>Uploads stream in, jobs and downloads stream out, everything else is one answer to one question.</summary>
    [Fact]
    public void Streams_OfEveryCall_GoTheWayTheirNamesSay()
    {
        string[] streamsOut = ["DownloadModel", "Generate", "Oversample", "Train", "WatchJob"];
        Assert.All(Calls(), call => Assert.Equal(call.Name.StartsWith("Upload", StringComparison.Ordinal), call.IsClientStreaming));
        Assert.All(Calls(), call => Assert.Equal(streamsOut.Contains(call.Name), call.IsServerStreaming));
    }

    private static IEnumerable<MethodDescriptor> Calls() => ContractFiles.Descriptors.SelectMany(file => file.Services).SelectMany(service => service.Methods);
}
