using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Hosting;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace AemloBridge.Server.Tests.Hosting;

public sealed class HealthTests : IAsyncDisposable
{
    private static readonly Device Starting = new() { Name = "cpu" };
    private static readonly Device Up = new() { Name = "cpu", Ready = true };

    private readonly StandInJobs _jobs = new() { Devices = [Starting] };
    private InProcessServer? _server;

    private InProcessServer Server => _server!;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("aemlo.v1.DatasetService")]
    [InlineData("aemlo.v1.JobService")]
    [InlineData("aemlo.v1.ModelService")]
    [InlineData("aemlo.v1.ServerService")]
    public async Task Watch_FromStartToEnd_TellsEachChange(string service)
    {
        await StartAsync();
        using var watch = new HealthWatch(Server.Channel, service);

        Assert.Equal(Status.NotServing, await watch.NextAsync());
        Assert.Equal(Status.NotServing, await CheckAsync(service));
        _jobs.Devices = [Up];
        Assert.Equal(Status.Serving, await watch.NextAsync());
        Assert.Equal(Status.Serving, await CheckAsync(service));
        await Server.Services.GetRequiredService<ServerDrain>().RunAsync("a test", inHurry: false);
        Assert.Equal(Status.NotServing, await watch.NextAsync());
        Assert.Equal(Status.NotServing, await CheckAsync(service));
        await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, watch.NextAsync);
    }

    [Fact]
    public async Task Watch_WorkerLost_IsToldOnlyWhenNoneComesBackInTime()
    {
        var time = new ClockAhead();
        _jobs.Devices = [Up];
        await StartAsync(time);
        using var watch = new HealthWatch(Server.Channel);
        while (await watch.NextAsync() != Status.Serving)
        {
        }

        _jobs.Devices = [Starting];
        int asked = _jobs.Asked;
        await Eventually.Async(() => _jobs.Asked > asked + 2);
        Assert.Equal(Status.Serving, await CheckAsync(""));
        time.Jump(TimeSpan.FromSeconds(20));
        Assert.Equal(Status.NotServing, await watch.NextAsync());
        _jobs.Devices = [Up];
        Assert.Equal(Status.Serving, await watch.NextAsync());
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound_AndAWatchSaysUnknown()
    {
        await StartAsync();
        using var watch = new HealthWatch(Server.Channel, "aemlo.v1.Nothing");

        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => CheckAsync("aemlo.v1.Nothing"));
        Assert.Equal(Status.ServiceUnknown, await watch.NextAsync());
    }

    [Fact]
    public async Task Drain_Order_IsHealthThenRefusalThenJobsThenTheEndOfWatches()
    {
        _jobs.Devices = [Up];
        var drainBegan = new TaskCompletionSource();
        var jobsEnded = new TaskCompletionSource();
        var time = new SteppedDelay();
        _jobs.OnDrain = _ =>
        {
            drainBegan.SetResult();
            return jobsEnded.Task;
        };
        await StartAsync(time);
        using var watch = new HealthWatch(Server.Channel);
        while (await watch.NextAsync() != Status.Serving)
        {
        }

        Task drain = Server.Services.GetRequiredService<ServerDrain>().RunAsync("a test", inHurry: false);
        // Health fails first, while every call is still taken.
        Assert.Equal(Status.NotServing, await watch.NextAsync());
        await ListDatasetsAsync();
        Assert.False(drainBegan.Task.IsCompleted);

        time.DelayIsOver();
        await drainBegan.Task.WaitAsync(TestContext.Current.CancellationToken);
        RpcException refused = await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, ListDatasetsAsync);
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        // Those who wait for their jobs can still ask.
        Assert.Empty((await new JobService.JobServiceClient(Server.Channel).ListJobsAsync(new ListJobsRequest(), cancellationToken: TestContext.Current.CancellationToken)).Jobs);
        Task<Status> last = watch.NextAsync();
        Assert.False(drain.IsCompleted || last.IsCompleted);

        jobsEnded.SetResult();
        await drain;
        await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, () => last);
    }

    [Fact]
    public async Task Drain_JobsThatDoNotEnd_AreLeftWhenTheTimeIsOver()
    {
        _jobs.OnDrain = token => Task.Delay(Timeout.Infinite, token);
        await StartAsync(drainTime: TimeSpan.FromMilliseconds(50));

        await Server.Services.GetRequiredService<ServerDrain>().RunAsync("a test", inHurry: false);

        Assert.Contains(Server.Log.Events, logged => logged.Id.Id == 5013);
    }

    [Fact]
    public async Task Drain_ThatFails_IsLoggedAndTheEndComesAllTheSame()
    {
        _jobs.OnDrain = _ => throw new InvalidOperationException("the disk is gone");
        await StartAsync();
        using var watch = new HealthWatch(Server.Channel);
        await watch.NextAsync();

        await Server.Services.GetRequiredService<ServerDrain>().RunAsync("a test", inHurry: false);

        await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, watch.NextAsync);
        Assert.Contains(Server.Log.Events, logged => logged.Id.Id == 5015);
    }

    private async Task<Status> CheckAsync(string service) =>
        (await new Health.HealthClient(Server.Channel).CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken)).Status;

    private async Task ListDatasetsAsync() =>
        await new DatasetService.DatasetServiceClient(Server.Channel).ListDatasetsAsync(new ListDatasetsRequest(), cancellationToken: TestContext.Current.CancellationToken);

    private async Task StartAsync(TimeProvider? time = null, TimeSpan? drainTime = null) => _server = await InProcessServer.StartAsync(
        new ServerParts { Engine = services => services.AddEmbeddedStorage().AddSingleton<IJobManager>(_jobs), Time = time ?? TimeProvider.System },
        options => options with { DrainDelay = time is SteppedDelay ? SteppedDelay.Length : TimeSpan.Zero, DrainTime = drainTime ?? options.DrainTime });

    /// <summary>The real clock, but for one delay that ends when the test says so.</summary>
    private sealed class SteppedDelay : TimeProvider
    {
        public static readonly TimeSpan Length = TimeSpan.FromSeconds(77);

        private ITimer? _timer;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Length)
                _timer = timer;
            return timer;
        }

        public void DelayIsOver() => Assert.True(_timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    /// <summary>The real clock, and what a test adds to it.</summary>
    private sealed class ClockAhead : TimeProvider
    {
        private long _added;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _added);

        public void Jump(TimeSpan by) => Interlocked.Add(ref _added, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
