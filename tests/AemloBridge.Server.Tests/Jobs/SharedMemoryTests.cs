using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>Jobs that run at the same time share the machine's memory; each has to fit its own GPU.</summary>
public class SharedMemoryTests
{
    private const ulong Tiny = 64 << 10;
    private const ulong Large = 80UL << 30;

    private readonly Lock _gate = new();
    private int _running;
    private int _most;

    [Fact]
    public void HasRoom_JobsOfDevices_CountsThoseThatRun()
    {
        var memory = new SharedMemory(1000);
        Assert.True(memory.HasRoom(long.MaxValue));
        memory.Hold("cuda:0", 500);
        Assert.True(memory.HasRoom(300));
        Assert.False(memory.HasRoom(301));
        Assert.False(memory.HasRoom(long.MaxValue));
        memory.Hold("cuda:1", 300);
        Assert.False(memory.HasRoom(1));
        memory.Release("cuda:0");
        Assert.True(memory.HasRoom(500));
        memory.Release("cuda:1");
        Assert.True(memory.HasRoom(2000));
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(2.5, 2)]
    public async Task Run_ThreeDevicesAndMemoryForFewerJobs_RunsNoMoreAtATime(double jobsThatFit, int expected)
    {
        var enough = new TaskCompletionSource();
        var workers = new ScriptedWorkers(async (worker, command) =>
        {
            if (command.Run is not { } job)
                return;
            lock (_gate)
            {
                _most = Math.Max(_most, ++_running);
                if (_running == expected)
                    enough.TrySetResult();
            }

            await enough.Task;
            // Time in which one too many would begin.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            lock (_gate)
                _running--;
            worker.Succeed(job);
        })
        {
            Ready = device => new WorkerReady { Device = device, MemoryTotalBytes = Large },
        };
        long total = 0;
        await using JobsFixture fixture = await JobsFixture.StartAsync(
            options => options with { Devices = ["cuda:0", "cuda:1", "cuda:2"] },
            services => services.AddSingleton<IWorkerStarter>(workers).AddSingleton(_ => new SharedMemory(total)),
            fixture => total = (long)(new JobSizes(fixture.Datasets, fixture.Models).Estimate(fixture.Submission()).Total * jobsThatFit / 0.8));
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices.Count(device => device.Ready) == 3);
        JobRecord[] jobs = [.. Enumerable.Range(0, 6).Select(_ => fixture.Submit())];
        foreach (JobRecord job in jobs)
            Assert.Equal(JobState.Succeeded, (await fixture.EndAsync(job)).State);
        Assert.Equal(expected, _most);
    }

    [Fact]
    public async Task Run_TwoGpusOfWhichOneIsTooSmall_TakesTheOther()
    {
        await using JobsFixture fixture = await StartAsync(["cuda:0", "cuda:1"], Succeeding(device => device == "cuda:0" ? Tiny : Large));
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices.All(device => device.Ready));
        for (int count = 0; count < 3; count++)
        {
            JobRecord job = await fixture.EndAsync(fixture.Submit(JobData.Small with { Device = DeviceKind.Cuda }));
            Assert.Equal((JobState.Succeeded, "cuda:1"), (job.State, job.Device));
        }
    }

    [Fact]
    public async Task Submit_BeforeTheGpuIsKnownThatIsTooSmall_FailsTheJobOnceItIs()
    {
        ScriptedWorkers workers = Succeeding(_ => Tiny);
        workers.Refuse = _ => "not yet";
        await using JobsFixture fixture = await StartAsync(["auto"], workers);
        JobRecord job = fixture.Submit(JobData.Small with { Device = DeviceKind.Auto });
        workers.Refuse = _ => null;
        job = await fixture.EndAsync(job);
        Assert.Equal((JobState.Failed, (int)StatusCode.ResourceExhausted), (job.State, job.Error!.Code));
        Assert.Contains("GPU", job.Error.Message, StringComparison.Ordinal);
    }

    private static ScriptedWorkers Succeeding(Func<string, ulong> memory) => new((worker, command) =>
    {
        if (command.Run is { } job)
            worker.Succeed(job);
        return Task.CompletedTask;
    })
    {
        Ready = device => new WorkerReady { Device = device == "auto" ? "cuda:0" : device, GpuCount = 1, MemoryTotalBytes = memory(device) },
    };

    private static Task<JobsFixture> StartAsync(string[] devices, ScriptedWorkers workers) => JobsFixture.StartAsync(
        options => options with { Devices = devices },
        services => services.AddSingleton<IWorkerStarter>(workers));
}
