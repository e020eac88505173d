using System.IO.Compression;
using System.Net.Sockets;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>
/// More than 10,000 requests and streams that no honest client sends, over real sockets: each ends with a status or a
/// closed connection; nothing crashes, hangs, leaks or stays behind. A fifth of them unless <c>AEMLO_SOAK=full</c>.
/// </summary>
[CollectionDefinition("Fuzz", DisableParallelization = true)]
[Collection("Fuzz")]
public sealed class FuzzTests
{
    private const string Upload = "/aemlo.v1.DatasetService/UploadDataset";
    private const string UploadModel = "/aemlo.v1.ModelService/UploadModel";

    private static readonly string[] Paths = [Upload, UploadModel, "/aemlo.v1.DatasetService/FindDataset", "/aemlo.v1.JobService/Oversample"];
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    [Fact]
    public async Task UploadDataset_OfMutatedStreams_IsRefusedOrStoredWhole()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();

        await server.MistreatAsync(Soak.Count(1000, 5000), random =>
            server.CallAsync(Upload, [.. UploadMutations.Draw(random).SelectMany(message => RawCall.Frame(message))]));
    }

    [Fact]
    public async Task UploadModel_OfMutatedFiles_IsRefusedOrStoredWhole()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();

        await server.MistreatAsync(Soak.Count(150, 750), random =>
        {
            byte[] file = ByteMutations.Of(Samples.ModelBytes, random);
            var header = new ModelFileHeader { ByteCount = random.Next(5) == 0 ? (ulong)random.NextInt64() : (ulong)file.Length };
            return server.CallAsync(UploadModel,
            [
                .. RawCall.Frame(new UploadModelRequest { Header = header }.ToByteArray()),
                .. file.Chunk(10_000).SelectMany(part => RawCall.Frame(new UploadModelRequest { Content = ByteString.CopyFrom(part) }.ToByteArray())),
            ]);
        });
    }

    [Fact]
    public async Task EveryCallOfOneMessage_WithMutatedOnes_EndsWithAStatus()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();
        var requests = new RequestMutations(server.Digest, server.ModelId, server.JobId);

        await server.MistreatAsync(Soak.Count(500, 2500), random =>
        {
            (string path, byte[] message) = requests.Draw(random);
            return server.CallAsync(path, RawCall.Frame(message));
        });
    }

    [Fact]
    public async Task EveryKindOfCall_WithBrokenFrames_EndsWithAStatus()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();

        await server.MistreatAsync(Soak.Count(200, 1000), random =>
        {
            byte[] frame = RawCall.Frame(ByteMutations.Random(random, random.Next(100)), flag: (byte)random.Next(3));
            string? encoding = random.Next(4) switch { 0 => null, 1 => "gzip", 2 => "identity", _ => "zstd" };
            if (random.Next(10) == 0)
                (frame, encoding) = (RawCall.Frame(Bomb(random), flag: 1), "gzip");
            return server.CallAsync(Paths[random.Next(Paths.Length)], ByteMutations.Of(frame, random), encoding);
        });
    }

    [Fact]
    public async Task AConnection_WithBytesThatAreNoHttp2_IsClosed()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();
        var address = new Uri(server.Host.Address);

        await server.MistreatAsync(Soak.Count(150, 750), async random =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            NetworkStream stream = client.GetStream();
            try
            {
                if (random.Next(3) > 0)
                    await stream.WriteAsync(Preface);
                for (int frame = random.Next(1, 10); frame > 0; frame--)
                    await stream.WriteAsync(Http2Frame(random));
                client.Client.Shutdown(SocketShutdown.Send);
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer) > 0)
                {
                }
            }
            catch (IOException)
            {
                // Reset: closed all the same.
            }

            server.Closed();
        });
    }

    [Fact]
    public async Task UploadDataset_ThatNeverEndsOrHardlyMoves_IsEndedByTheServer()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();

        await server.MistreatAsync(Soak.Count(16, 80), async random =>
        {
            using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = server.Host.Datasets().UploadDataset();
            DatasetHeader header = DatasetBlocks.Header(Samples.Dataset());
            // More rows than ever come, and fewer than the limits refuse at once.
            header.RowCount = 30_000;
            RowBlock block = DatasetBlocks.Rows(Samples.Dataset(1)).Single();
            bool slow = random.Next(2) == 0;
            try
            {
                await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = header });
                for (int sent = 0; !slow || sent < 2; sent++)
                    await call.RequestStream.WriteAsync(new UploadDatasetRequest { Rows = block });
            }
            catch (Exception exception) when (exception is RpcException or InvalidOperationException)
            {
                // Refused while sending; the status says why.
            }

            RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
            Assert.True((slow ? StatusCode.DeadlineExceeded : StatusCode.ResourceExhausted) == refused.StatusCode, refused.ToString());
            server.Ended(refused.StatusCode);
        });
    }

    [Fact]
    public async Task EveryKindOfCall_LeftAtAnyMoment_LeavesNothing()
    {
        await using FuzzServer server = await FuzzServer.StartAsync();

        await server.MistreatAsync(Soak.Count(60, 300), async random =>
        {
            using var cancellation = new CancellationTokenSource();
            Task call = random.Next(3) switch
            {
                0 => UploadAsync(server, random, cancellation.Token),
                1 => server.Host.Models().DownloadModel(new DownloadModelRequest { ModelId = server.ModelId }, cancellationToken: cancellation.Token).ResponseStream.MoveNext(cancellation.Token),
                _ => server.Host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = server.Digest }, cancellationToken: cancellation.Token).ResponseStream.MoveNext(cancellation.Token),
            };
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(random.Next(10)));
            try
            {
                await call;
                server.Ended(StatusCode.OK);
            }
            catch (RpcException exception)
            {
                server.Ended(exception.StatusCode);
            }
        });
    }

    private static async Task UploadAsync(FuzzServer server, Random random, CancellationToken cancellationToken)
    {
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = server.Host.Datasets().UploadDataset(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Samples.Dataset(40, random.Next(3))) });
            foreach (RowBlock block in DatasetBlocks.Rows(Samples.Dataset(40, random.Next(3)), maxBytes: 200))
                await call.RequestStream.WriteAsync(new UploadDatasetRequest { Rows = block });
            await call.RequestStream.CompleteAsync();
        }
        catch (InvalidOperationException)
        {
            // Left meanwhile; the call says so.
        }

        await call;
    }

    private static byte[] Bomb(Random random)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(new byte[random.Next(1, 16) << 20]);
        return stream.ToArray();
    }

    // A frame with a length, type, flags and stream that may or may not fit what follows.
    private static byte[] Http2Frame(Random random)
    {
        byte[] payload = ByteMutations.Random(random, random.Next(200));
        int length = random.Next(4) == 0 ? random.Next(1 << 24) : payload.Length;
        return [(byte)(length >> 16), (byte)(length >> 8), (byte)length, (byte)random.Next(12), (byte)random.Next(256), 0, 0, 0, (byte)random.Next(8), .. payload];
    }
}
