using System.IO.Compression;
using System.Net;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Errors;

/// <summary>Requests that no gRPC client makes, sent as bytes.</summary>
public sealed class UnreadableRequestTests
{
    private const string Unary = "/aemlo.v1.DatasetService/FindDataset";
    private const string ServerStream = "/aemlo.v1.JobService/Oversample";
    private const string ClientStream = "/aemlo.v1.DatasetService/UploadDataset";

    private const int BombBytes = 512 << 20;

    private static readonly Lazy<byte[]> Bomb = new(() => Gzip(new byte[1 << 20], BombBytes >> 20));

    public static TheoryData<string> Kinds => [Unary, ServerStream, ClientStream];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithBytesThatAreNoMessage_IsInvalidArgument(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Check(StatusCode.InvalidArgument, Reasons.Unreadable, await RawCall.SendAsync(host.Address, path, RawCall.Frame([0xff, 0xff, 0xff, 0xff])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_ThatEndsWithinAMessage_IsInvalidArgument(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Check(StatusCode.InvalidArgument, Reasons.Unreadable, await RawCall.SendAsync(host.Address, path, RawCall.Frame(new byte[100])[..50]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithAFlagThatGrpcDoesNotKnow_IsInvalidArgument(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Check(StatusCode.InvalidArgument, Reasons.Unreadable, await RawCall.SendAsync(host.Address, path, RawCall.Frame([], flag: 7)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithALengthAboveTheLimit_IsResourceExhausted(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Check(StatusCode.ResourceExhausted, Reasons.TooLarge, await RawCall.SendAsync(host.Address, path, [0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithACompressedBomb_IsResourceExhaustedBeforeItIsInflated(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(new Limits { MaxChunkBytes = 1 << 20 });
        byte[] bomb = Bomb.Value;
        Assert.True(bomb.Length < 1 << 20);
        long before = GC.GetTotalAllocatedBytes();

        RawResponse response = await RawCall.SendAsync(host.Address, path, RawCall.Frame(bomb, flag: 1), "gzip");

        Check(StatusCode.ResourceExhausted, Reasons.TooLarge, response);
        Assert.True(GC.GetTotalAllocatedBytes() - before < BombBytes / 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithCompressedBytesThatAreNone_IsInvalidArgument(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Check(StatusCode.InvalidArgument, Reasons.Unreadable, await RawCall.SendAsync(host.Address, path, RawCall.Frame([1, 2, 3, 4], flag: 1), "gzip"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ACall_WithACompressionThatIsNotTaken_IsUnimplemented(string path)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        RawResponse response = await RawCall.SendAsync(host.Address, path, RawCall.Frame([1, 2, 3, 4], flag: 1), "zstd");

        Assert.Equal(StatusCode.Unimplemented, response.Status);
    }

    [Fact]
    public async Task ACall_WithACompressedRequest_IsServed()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        byte[] request = new FindDatasetRequest { Digest = new string('a', 64) }.ToByteArray();

        Check(StatusCode.NotFound, Reasons.NotFound, await RawCall.SendAsync(host.Address, Unary, RawCall.Frame(Gzip(request), flag: 1), "gzip"));
    }

    [Fact]
    public async Task ACall_OfAMethodThatDoesNotExist_IsUnimplemented()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        Assert.Equal(StatusCode.Unimplemented, (await RawCall.SendAsync(host.Address, "/aemlo.v1.JobService/Run", RawCall.Frame([]))).Status);
    }

    [Fact]
    public async Task AUnaryCall_WithTwoMessages_IsInvalidArgument()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        byte[] one = RawCall.Frame(new FindDatasetRequest().ToByteArray());

        Check(StatusCode.InvalidArgument, Reasons.Unreadable, await RawCall.SendAsync(host.Address, Unary, [.. one, .. one]));
    }

    private static void Check(StatusCode code, string reason, RawResponse response)
    {
        Assert.Equal((HttpStatusCode.OK, code), (response.Http, response.Status));
        Assert.NotNull(response.Details);
        Assert.Equal(((int)code, response.Message), (response.Details.Code, response.Details.Message));
        Assert.Equal(reason, response.Details.GetDetail<ErrorInfo>()!.Reason);
    }

    private static byte[] Gzip(byte[] bytes, int times = 1)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            for (int time = 0; time < times; time++)
                gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
