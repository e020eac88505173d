using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>Real workers that are killed, stopped and cancelled.</summary>
public partial class KilledWorkerTests
{
    private const int Kill = 9;
    private const int Abort = 6;
    private const int Terminate = 15;

    /// <summary>Long enough to be killed several times, short enough for a test.</summary>
    private static readonly AemloOptions Long = JobData.Small with { Epochs = 150 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kill_AtRandomMoments_GivesTheBytesOfAnUndisturbedRun(int seed)
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord whole = await fixture.EndAsync(fixture.Submit(Long));
        Assert.Equal(JobState.Succeeded, whole.State);

        var random = new Random(seed);
        JobRecord job = fixture.Submit(Long);
        for (int kill = 0; kill < 3; kill++)
        {
            // Only once there is a new checkpoint, so that the job goes on however often it is killed.
            int before = Saved(fixture, job);
            await JobsFixture.UntilAsync(() => Saved(fixture, job) > before + random.Next(10) || Ended(fixture, job));
            await Task.Delay(random.Next(20), TestContext.Current.CancellationToken);
            Signal(fixture.Processes[^1], Kill);
            int workers = fixture.Processes.Count;
            await JobsFixture.UntilAsync(() => fixture.Processes.Count > workers);
        }

        job = await fixture.EndAsync(job);
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(fixture.File(whole, JobFiles.Recipe), fixture.File(job, JobFiles.Recipe));
        Assert.Equal(Report(fixture, whole), Report(fixture, job));
        Assert.Equal([JobFiles.Recipe, JobFiles.Report], Directory.GetFiles(fixture.Folder(job)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Abort_InNativeCode_IsToldAfterTheSecondTimeAndTheNextJobRuns()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync(options => options with { CheckpointInterval = TimeSpan.FromHours(1) });
        JobRecord job = fixture.Submit(JobData.Endless);
        JobRecord next = fixture.Submit();
        for (int time = 1; time <= 2; time++)
        {
            await JobsFixture.UntilAsync(() => fixture.Manager.Get(job.Tenant, job.Id)!.Record.Attempts == time);
            await fixture.AwaitAsync(job, happened => happened.Progress is not null);
            // .NET's own handler takes a first one from outside for one that native code will raise again, as abort does.
            int worker = fixture.Processes[^1];
            Signal(worker, Abort);
            await JobsFixture.UntilAsync(() => SendSignal(worker, Abort) != 0);
        }

        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Failed, 2, (int)StatusCode.Internal), (job.State, job.LostAttempts, job.Error!.Code));
        Assert.Contains("SIGABRT", job.Error.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(next)).State);
    }

    [Fact]
    public async Task Kill_ATrainingAfterItsLastEpoch_KeepsOneModel()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord job = fixture.Submit(Long with { Epochs = 40 }, JobKind.Train);
        await JobsFixture.UntilAsync(() => Saved(fixture, job) == 40 || Ended(fixture, job));
        Signal(fixture.Processes[^1], Kill);
        job = await fixture.EndAsync(job);
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal(job.ModelId, Assert.Single(fixture.Models.List(JobsFixture.Tenant, "", 10)).Id);
    }

    [Fact]
    public async Task Kill_AWorkerWithoutAJob_IsReplaced()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        Signal(fixture.Processes[0], Kill);
        Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(fixture.Submit())).State);
        await JobsFixture.UntilAsync(() => fixture.Processes.Count == 2);
    }

    [Fact]
    public async Task Terminate_AWorkerAsAServiceManagerDoes_ChangesNothing()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord job = fixture.Submit(JobData.Small with { Epochs = 60 });
        await fixture.AwaitAsync(job, happened => happened.Progress is not null);
        Signal(fixture.Processes[0], Terminate);
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempts));
        Assert.Single(fixture.Processes);
    }

    [Fact]
    public async Task Run_ADamagedCheckpoint_TrainsAnewToTheSameResult()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord whole = await fixture.EndAsync(fixture.Submit(Long));
        JobRecord job = fixture.Submit(Long);
        await JobsFixture.UntilAsync(() => Saved(fixture, job) > 20);
        await fixture.RestartAsync(stopped =>
        {
            string path = Path.Combine(stopped.Folder(job), JobFiles.Checkpoint);
            byte[] bytes = File.ReadAllBytes(path);
            bytes[^1] ^= 1;
            File.WriteAllBytes(path, bytes);
        });
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Succeeded, 0), (job.State, job.AttemptEpochs));
        Assert.Equal(fixture.File(whole, JobFiles.Recipe), fixture.File(job, JobFiles.Recipe));
    }

    private static int Saved(JobsFixture fixture, JobRecord job) => new JobFolder(fixture.Folder(job)).SavedEpochs;

    private static bool Ended(JobsFixture fixture, JobRecord job) => fixture.Manager.Get(job.Tenant, job.Id)!.Record.HasEnded;

    /// <summary>The report but for the job's name and the times.</summary>
    private static string Report(JobsFixture fixture, JobRecord job)
    {
        JobReport report = JobReport.Parser.ParseFrom(fixture.File(job, JobFiles.Report));
        report.JobId = "";
        report.ReportJson = JobData.WithoutTimes(report.ReportJson);
        return report.ToString();
    }

    private static void Signal(int process, int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "there are no signals here");
        Assert.Equal(0, SendSignal(process, signal));
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
