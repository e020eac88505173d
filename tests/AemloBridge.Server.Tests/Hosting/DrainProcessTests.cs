using System.Diagnostics;
using System.Globalization;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Services.Support;
using AemloBridge.Server.Tests.TestSupport;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Hosting;

/// <summary>The end of the real program while it works.</summary>
public sealed class DrainProcessTests
{
    // A few seconds of work: long enough to be met while it runs.
    private static readonly AemloOptions Job = JobData.Small with { Epochs = 150 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SigTerm_WithTimeToDrain_LetsTheJobEndAndItsClientGetTheResult()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of POSIX");
        await using RunningServer server = await RunningServer.StartAsync("--drain-seconds", "10m");
        using AsyncServerStreamingCall<OversampleResponse> call = await StartJobAsync(server);

        server.Process.Signal(ServerProcess.Terminate);
        List<JobEvent> events = await call.RestAsync();

        Assert.Equal(0, await server.Process.WaitForExitAsync());
        Assert.Equal(Local(), Recipe(events));
        string error = server.Process.StandardError;
        int[] order = [.. new[] { "[5010]", "[5011]", "[5012]", "[5014]" }.Select(id => error.IndexOf(id, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public async Task SigTerm_WithoutTimeToDrain_LeavesTheJobToTheNextStart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are those of POSIX");
        await using RunningServer server = await RunningServer.StartAsync("--drain-seconds", "0s");
        using AsyncServerStreamingCall<OversampleResponse> call = await StartJobAsync(server);

        server.Process.Signal(ServerProcess.Terminate);
        RpcException stopped = await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, () => call.RestAsync());
        string job = stopped.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata["job_id"];
        Assert.Equal(0, await server.Process.WaitForExitAsync());

        await server.RestartAsync();
        using AsyncServerStreamingCall<WatchJobResponse> watch = new JobService.JobServiceClient(server.Channel).WatchJob(new WatchJobRequest { JobId = job }, cancellationToken: Cancellation);
        Assert.Equal(Local(), Recipe(await watch.RestAsync()));
    }

    [Fact]
    public async Task Kill_OfTheParent_EndsTheServerAndItsWorkers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell and a named pipe are what it takes");
        using var folder = new TempFolder();
        string output = folder.File("out");
        string script = $"""
            mkfifo pipe
            '{ServerProcess.Executable}' serve --stop-with-parent --listen 127.0.0.1:0 --data data --devices cpu <pipe >out 2>log &
            exec 3>pipe
            echo $!
            while :; do sleep 1; done
            """;
        using Process parent = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        int id = int.Parse((await parent.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
        using Process server = Process.GetProcessById(id);
        await Eventually.Async(() => File.Exists(output) && File.ReadAllText(output).StartsWith("listening on ", StringComparison.Ordinal));

        // Killed without a word; what it waits for, a sleep, is left alone.
        parent.Kill();

        await server.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(120), Cancellation);
        Assert.Contains("[5014]", File.ReadAllText(folder.File("log")), StringComparison.Ordinal);
    }

    private static async Task<AsyncServerStreamingCall<OversampleResponse>> StartJobAsync(RunningServer server)
    {
        string digest = (await Samples.UploadAsync(new DatasetService.DatasetServiceClient(server.Channel), JobData.Rows, maxBytes: 100_000)).Dataset.Digest;
        AsyncServerStreamingCall<OversampleResponse> call = new JobService.JobServiceClient(server.Channel).Oversample(
            new OversampleRequest { DatasetDigest = digest, Method = MethodContract.ToMessage(Job) },
            cancellationToken: Cancellation);
        while ((await call.NextAsync()).Progress is null)
        {
        }

        return call;
    }

    private static byte[] Local() => JobData.Bytes(AemloOversampler.Run(JobData.Rows, Job, null, Cancellation).Recipe, JobData.Rows);

    private static byte[] Recipe(IEnumerable<JobEvent> events)
    {
        using var stream = new MemoryStream();
        foreach (RecipePart part in events.Select(happened => happened.Recipe).OfType<RecipePart>())
            part.WriteDelimitedTo(stream);
        return stream.ToArray();
    }
}
