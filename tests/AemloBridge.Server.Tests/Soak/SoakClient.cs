using System.Security.Cryptography;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Soak;

/// <summary>The calls of the soak tests, over the generated client, so that nothing is retried or mended on the way.</summary>
internal sealed class SoakClient(ChannelBase channel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly JobService.JobServiceClient _jobs = new(channel);

    /// <summary>300 rows, 8 features, 4 labels of which the last one is rare.</summary>
    public static MultiLabelDataset Data { get; } = MakeData();

    /// <summary>Stores <see cref="Data"/> and gives its digest.</summary>
    public async Task<string> UploadAsync(CancellationToken cancellation)
    {
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call =
            new DatasetService.DatasetServiceClient(channel).UploadDataset(deadline: DateTime.UtcNow + Patience, cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new UploadDatasetRequest { Header = DatasetBlocks.Header(Data) }, cancellation);
        foreach (RowBlock rows in DatasetBlocks.Rows(Data))
            await call.RequestStream.WriteAsync(new UploadDatasetRequest { Rows = rows }, cancellation);
        await call.RequestStream.CompleteAsync();
        return (await call).Dataset.Digest;
    }

    /// <summary>A job that is small, and different for each seed.</summary>
    public static OversampleRequest Request(string digest, int seed, int epochs, bool keepRunning = false) => new()
    {
        DatasetDigest = digest,
        Control = new JobControl { RequestId = $"soak-{seed}", KeepRunning = keepRunning },
        Method = new MethodSpec
        {
            Options =
            {
                ["seed"] = FormattableString.Invariant($"{seed}"),
                ["epochs"] = FormattableString.Invariant($"{epochs}"),
                ["hidden"] = "16",
                ["latent"] = "8",
                ["threads"] = "1",
                ["device"] = "cpu",
            },
        },
    };

    /// <summary>Runs a job to its end and gives its id and a hash of its rows.</summary>
    public async Task<(string Job, string Rows)> OversampleAsync(OversampleRequest request, CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<OversampleResponse> call = _jobs.Oversample(request, deadline: DateTime.UtcNow + Patience, cancellationToken: cancellation);
        return await ReadAsync(call.ResponseStream, response => response.Event, cancellation);
    }

    /// <summary>Starts a job that runs on by itself and gives its id.</summary>
    public async Task<string> BeginAsync(OversampleRequest request, CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<OversampleResponse> call = _jobs.Oversample(request, cancellationToken: cancellation);
        Assert.True(await call.ResponseStream.MoveNext(cancellation));
        return call.ResponseStream.Current.Event.Accepted.JobId;
    }

    /// <summary>Waits for a job's end and gives a hash of its rows.</summary>
    public async Task<string> WatchAsync(string job, CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<WatchJobResponse> call = _jobs.WatchJob(new WatchJobRequest { JobId = job }, deadline: DateTime.UtcNow + Patience, cancellationToken: cancellation);
        return (await ReadAsync(call.ResponseStream, response => response.Event, cancellation)).Rows;
    }

    public async Task<Job> GetAsync(string job, CancellationToken cancellation) =>
        (await _jobs.GetJobAsync(new GetJobRequest { JobId = job }, cancellationToken: cancellation)).Job;

    /// <summary>Every job that the server knows.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(CancellationToken cancellation)
    {
        var jobs = new List<Job>();
        string page = "";
        do
        {
            ListJobsResponse response = await _jobs.ListJobsAsync(new ListJobsRequest { PageToken = page, PageSize = 50 }, cancellationToken: cancellation);
            jobs.AddRange(response.Jobs);
            page = response.NextPageToken;
        }
        while (page.Length > 0);
        return jobs;
    }

    private static async Task<(string Job, string Rows)> ReadAsync<T>(IAsyncStreamReader<T> stream, Func<T, JobEvent> eventOf, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string job = "";
        bool complete = false;
        await foreach (T response in stream.ReadAllAsync(cancellation))
        {
            JobEvent current = eventOf(response);
            if (current.EventCase == JobEvent.EventOneofCase.Accepted)
                job = current.Accepted.JobId;
            if (current.EventCase == JobEvent.EventOneofCase.Recipe)
                hash.AppendData(current.Recipe.ToByteArray());
            complete |= current.EventCase == JobEvent.EventOneofCase.Report;
        }

        Assert.True(complete, "the stream ended without an error and without a report");
        return (job, Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static MultiLabelDataset MakeData()
    {
        const int rows = 300, features = 8, labels = 4;
        DataAttribute[] attributes =
        [
            .. Enumerable.Range(0, features).Select(index => DataAttribute.Numeric($"x{index}")),
            .. Enumerable.Range(0, labels).Select(index => DataAttribute.Nominal($"y{index}", "0", "1")),
        ];
        LabelDefinition[] definitions = [.. Enumerable.Range(0, labels).Select(index => new LabelDefinition($"y{index}", features + index, 1))];
        var values = new double[rows * features];
        for (int cell = 0; cell < values.Length; cell++)
            values[cell] = Math.Round(Math.Sin(cell * 12.9898) * 4.5, 6);
        var bits = new LabelMatrix(rows, labels);
        int[] every = [2, 3, 5, 30];
        for (int row = 0; row < rows; row++)
        {
            for (int label = 0; label < labels; label++)
                bits[row, label] = row % every[label] == 0;
        }

        return new MultiLabelDataset(new Data.DatasetSchema("soak", attributes, definitions), FeatureMatrix.Dense(rows, features, values), bits);
    }
}
