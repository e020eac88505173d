using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using CsCheck;
using static AemloBridge.Client.Tests.TestSupport.SampleJob;

namespace AemloBridge.Client.Tests.Jobs;

public class JobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Oversample_UndisturbedJob_GivesRecipeReportProgressAndNotices()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        using AemloClient client = server.Connect();
        var epochs = new Told<EpochReport>();
        var notices = new Told<JobNotice>();

        ResamplingOutcome outcome = await client.OversampleAsync(Given, Options, epochs, new JobSettings { RequestId = "mine", Notices = notices, TimeLimit = TimeSpan.FromHours(1) }, Cancellation);

        AssertSame(Recipe, outcome.Recipe);
        Assert.Equal("j1", outcome.Report.JobId);
        Assert.Equal([1, 2], epochs.Values.Select(report => report.Epoch));
        Assert.Equal(8, epochs.Values[0].Losses.CrossEntropy);
        Assert.Equal([JobNoticeKind.Accepted, JobNoticeKind.Queued, JobNoticeKind.Started], notices.Values.Select(notice => notice.Kind));
        Assert.Equal(7, notices.Values[0].Seed);
        Assert.Equal("queued: 2 jobs ahead", notices.Values[1].Text);
        var request = (OversampleRequest)Assert.Single(server.Jobs.Requests);
        Assert.Equal(("mine", true, TimeSpan.FromHours(1)), (request.Control.RequestId, request.Control.KeepRunning, request.Control.TimeLimit.ToTimeSpan()));
        Assert.Equal("3", request.Method.Options["epochs"]);
        Assert.Equal(Assert.Single(server.Datasets.Stored).Key, request.DatasetDigest);
        Assert.Empty(server.Jobs.Cancelled);
    }

    [Fact]
    public void Oversample_ConnectionsLostAnywhere_GivesTheSameRecipeAndEveryEpochOnce() =>
        Gen.Int[0, WholeJob.Length - 1].Array[0, 4].Sample(drops => OversampleWithDropsAsync(drops).GetAwaiter().GetResult(), iter: 25);

    [Fact]
    public async Task Oversample_ConnectionLostBeforeItIsAccepted_RepeatsTheRequestUnderItsId()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => DropAsync(call));
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        using AemloClient client = server.Connect();

        await client.OversampleAsync(Given, Options, cancellationToken: Cancellation);

        Assert.Equal(2, server.Jobs.Calls.Count);
        Assert.NotEmpty(server.Jobs.Calls[0].Control!.RequestId);
        Assert.Equal(server.Jobs.Requests[0], server.Jobs.Requests[1]);
    }

    [Fact]
    public async Task Oversample_ConnectionLostForGood_GivesUpAndNamesTheJob()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        var arrived = new TaskCompletionSource();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await arrived.Task;
            call.Drop();
        });
        server.Jobs.Scripts.Add(call => DropAsync(call, Happened.Accepted()));
        using AemloClient client = server.Connect();
        var notices = new Told<JobNotice>();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, new Told<EpochReport>(_ => arrived.SetResult()), new JobSettings { Notices = notices }, Cancellation));

        Assert.Equal((AemloServerException.Unreachable, "j1"), (error.Reason, error.JobId));
        Assert.Contains("given up after 5 tries; job j1 goes on there", error.Message);
        Assert.Equal(5, notices.Values.Count(notice => notice.Kind == JobNoticeKind.Reconnecting));
        Assert.Equal(6, server.Jobs.Calls.Count);
        Assert.All(server.Jobs.Calls.Skip(1), call => Assert.Equal(("j1", 1u), (call.Watch!.JobId, call.Watch.AfterEpoch)));
    }

    [Fact]
    public async Task Oversample_WorkerLost_TellsOfTheNewAttemptAndItsEpochs()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(
            call,
            [Happened.Accepted(), Happened.Started(), Happened.Epoch(1), Happened.Epoch(2), Happened.Epoch(3), Happened.Started(attempt: 2, resumed: 1), Happened.Epoch(2), Happened.Epoch(3), .. Happened.Recipe(Recipe, Given), Happened.Report()]));
        using AemloClient client = server.Connect();
        var epochs = new Told<EpochReport>();
        var notices = new Told<JobNotice>();

        await client.OversampleAsync(Given, Options, epochs, new JobSettings { Notices = notices }, Cancellation);

        Assert.Equal([1, 2, 3, 2, 3], epochs.Values.Select(report => report.Epoch));
        Assert.Contains(notices.Values, notice => notice.Text == "started on cpu, attempt 2, after epoch 1");
    }

    [Fact]
    public async Task Train_Job_GivesTheModel()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, Happened.Accepted(), Happened.Epoch(1), Happened.Report(model: "m4")));
        using AemloClient client = server.Connect();

        TrainingOutcome outcome = await client.TrainAsync(Given, Options, "fold 1", cancellationToken: Cancellation);

        Assert.Equal("m4", outcome.ModelId);
        Assert.Equal("fold 1", ((TrainRequest)Assert.Single(server.Jobs.Requests)).ModelName);
    }

    [Fact]
    public async Task Generate_Request_SendsOptionsOfGenerationAlone()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, [Happened.Accepted(), .. Happened.Recipe(Recipe, Given), Happened.Report()]));
        using AemloClient client = server.Connect();

        ResamplingOutcome outcome = await client.GenerateAsync("m4", Options with { Num = 30 }, Given, cancellationToken: Cancellation);

        AssertSame(Recipe, outcome.Recipe);
        var request = (GenerateRequest)Assert.Single(server.Jobs.Requests);
        Assert.Equal(("m4", ""), (request.ModelId, request.Method.Preset));
        Assert.Equal(("30", "5", "residual"), (request.Method.Options["num"], request.Method.Options["seed"], request.Method.Options["decoding"]));
        Assert.DoesNotContain("epochs", request.Method.Options.Keys);
        Assert.DoesNotContain("minority-cut", request.Method.Options.Keys);
    }

    [Fact]
    public async Task Watch_Job_GivesItsResultAndNeverEndsIt()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();
        using var cancel = new CancellationTokenSource();

        AssertSame(Recipe, (await client.Jobs.WatchAsync("j1", Given.Schema, cancellationToken: Cancellation)).Recipe);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Jobs.WatchAsync("j1", Given.Schema, new Told<EpochReport>(_ => cancel.Cancel()), null, cancel.Token));

        Assert.Empty(server.Jobs.Cancelled);
        Assert.All(server.Jobs.Calls, call => Assert.Equal("j1", call.Watch!.JobId));
    }

    [Fact]
    public async Task GetListCancel_Jobs_AskTheServer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Jobs.AddRange([new Job { Id = "j1", RequestId = "a" }, new Job { Id = "j2", RequestId = "b" }]);
        using AemloClient client = server.Connect();

        Assert.Equal("j2", (await client.Jobs.GetAsync("j2", Cancellation))!.Id);
        Assert.Null(await client.Jobs.GetAsync("j3", Cancellation));
        Assert.Equal(2, await client.Jobs.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
        Assert.Equal("j1", (await client.Jobs.ListAsync(requestId: "a", cancellationToken: Cancellation).SingleAsync(Cancellation)).Id);
        Assert.Equal(JobState.Cancelled, (await client.Jobs.CancelAsync("j1", Cancellation)).State);
    }

    private static async Task OversampleWithDropsAsync(int[] drops)
    {
        await using FakeServer server = await FakeServer.StartAsync();
        foreach (int drop in drops)
            server.Jobs.Scripts.Add(call => DropAsync(call, [.. Left(call).Take(drop)]));
        server.Jobs.Scripts.Add(call => SendAsync(call, [.. Left(call)]));
        using AemloClient client = server.Connect();
        var epochs = new Told<EpochReport>();

        ResamplingOutcome outcome = await client.OversampleAsync(Given, Options, epochs, null, Cancellation);

        AssertSame(Recipe, outcome.Recipe);
        Assert.Equal([1, 2], epochs.Values.Select(report => report.Epoch));
        Assert.Equal(drops.Length + 1, server.Jobs.Calls.Count);
        // Nothing that has arrived is asked for again.
        Assert.Equal(server.Jobs.Calls.Select(call => call.Watch?.FromNewRow ?? 0).Order(), server.Jobs.Calls.Select(call => call.Watch?.FromNewRow ?? 0));
    }

    /// <summary>What a server sends to this call: rows that the client has are left out.</summary>
    private static IEnumerable<JobEvent> Left(FakeJobCall call) => WholeJob
        .Where(happened => happened.Progress is null || happened.Progress.Epoch > (call.Watch?.AfterEpoch ?? 0))
        .Where(happened => happened.Recipe?.NewRows is not { } rows || rows.FirstRow >= (call.Watch?.FromNewRow ?? 0));
}
