using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Benchmarks.Serving;

/// <summary>How fast a data set goes to a server and new rows come back, against bare streams of chunks of the same sizes.</summary>
internal static class TransferReport
{
    private const int Rounds = 9;

    public static async Task PrintAsync(string arff, string labels)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        using var server = new ServingProcess();
        var bare = new BareStream.BareStreamClient(server.Channel);
        var datasets = new DatasetService.DatasetServiceClient(server.Channel);
        var jobs = new JobService.JobServiceClient(server.Channel);

        int[] up = [.. Messages(data).Select(message => message.CalculateSize())];
        string digest = await UploadAsync(datasets, data);
        (string job, int[] down) = await OversampleAsync(jobs, digest, data.RowCount);

        double[][] seconds = [.. Enumerable.Range(0, 6).Select(_ => new double[Rounds])];
        for (int round = -1; round < Rounds; round++)
        {
            await datasets.DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest });
            double[] times =
            [
                await Stopwatches.SecondsAsync(() => SendAsync(bare, up)),
                await Stopwatches.SecondsAsync(() => UploadAsync(datasets, data)),
                await Stopwatches.SecondsAsync(() => ReceiveAsync(bare, down)),
                await Stopwatches.SecondsAsync(() => WatchAsync(jobs, job)),
                await Stopwatches.SecondsAsync(() => Task.FromResult(DatasetDigest.Of(data))),
                await Stopwatches.SecondsAsync(() => Task.Run(() => WriteAndFlush(data))),
            ];
            // The first round warms up.
            for (int column = 0; column < times.Length && round >= 0; column++)
                seconds[column][round] = times[column];
        }

        double[] medians = [.. seconds.Select(Stopwatches.Median)];
        Console.WriteLine("| direction | MB | bare stream, MB/s | aemlo, MB/s | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        Row("upload", up, medians[0], medians[1]);
        Row("download", down, medians[2], medians[3]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nof an upload's {1000 * medians[1]:F0} ms, measured apart: SHA-256 {1000 * medians[4]:F0} ms, writing the same bytes to a file and flushing it {1000 * medians[5]:F0} ms"));
    }

    private static void Row(string direction, int[] sizes, double bare, double real)
    {
        double megabytes = sizes.Sum(size => (long)size) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {direction} | {megabytes:F1} | {megabytes / bare:F0} | {megabytes / real:F0} | {bare / real:F2} |"));
    }

    private static IEnumerable<UploadDatasetRequest> Messages(MultiLabelDataset data) =>
        DatasetBlocks.Rows(data).Select(rows => new UploadDatasetRequest { Rows = rows }).Prepend(new UploadDatasetRequest { Header = DatasetBlocks.Header(data) });

    private static async Task<string> UploadAsync(DatasetService.DatasetServiceClient client, MultiLabelDataset data)
    {
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = client.UploadDataset();
        foreach (UploadDatasetRequest message in Messages(data))
            await call.RequestStream.WriteAsync(message);
        await call.RequestStream.CompleteAsync();
        return (await call).Dataset.Digest;
    }

    private static async Task SendAsync(BareStream.BareStreamClient client, int[] sizes)
    {
        using AsyncClientStreamingCall<Chunk, Count> call = client.Send();
        var content = new byte[sizes.Max()];
        foreach (int size in sizes)
            await call.RequestStream.WriteAsync(new Chunk { Content = UnsafeByteOperations.UnsafeWrap(content.AsMemory(0, size)) });
        await call.RequestStream.CompleteAsync();
        await call;
    }

    private static async Task ReceiveAsync(BareStream.BareStreamClient client, int[] sizes)
    {
        using AsyncServerStreamingCall<Chunk> call = client.Receive(new Sizes { Bytes = { sizes } });
        await foreach (Chunk _ in call.ResponseStream.ReadAllAsync())
        {
        }
    }

    /// <summary>As many new rows as there are rows, after the shortest of trainings.</summary>
    private static async Task<(string Job, int[] Sizes)> OversampleAsync(JobService.JobServiceClient client, string digest, int rows)
    {
        var request = new OversampleRequest
        {
            DatasetDigest = digest,
            Method = new MethodSpec { Options = { ["epochs"] = "1", ["hidden"] = "16", ["latent"] = "8", ["num"] = rows.ToString(CultureInfo.InvariantCulture), ["seed"] = "1" } },
        };
        using AsyncServerStreamingCall<OversampleResponse> call = client.Oversample(request);
        string job = "";
        var sizes = new List<int>();
        await foreach (OversampleResponse response in call.ResponseStream.ReadAllAsync())
        {
            job = response.Event.Accepted?.JobId ?? job;
            if (response.Event.Recipe is not null)
                sizes.Add(response.CalculateSize());
        }

        return (job, [.. sizes]);
    }

    private static async Task WatchAsync(JobService.JobServiceClient client, string job)
    {
        using AsyncServerStreamingCall<WatchJobResponse> call = client.WatchJob(new WatchJobRequest { JobId = job });
        await foreach (WatchJobResponse _ in call.ResponseStream.ReadAllAsync())
        {
        }
    }

    private static void WriteAndFlush(MultiLabelDataset data)
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream stream = File.Create(path);
            DatasetFile.Write(stream, data);
            stream.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
