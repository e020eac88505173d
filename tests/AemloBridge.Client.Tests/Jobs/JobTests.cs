using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace AemloBridge.Client.Tests.Jobs;

public class JobTests
{
    private static readonly MultiLabelDataset Data = TestData.Mixed(rows: 40);

    private static readonly AemloOptions Options = AemloPresets.Default with { Epochs = 3, Seed = 5 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ResamplingRecipe Recipe { get; } = ResamplingRecipe.Append(new SyntheticRows(
        Data.Features.SelectRows([.. Enumerable.Range(0, 30)]),
        Data.Labels.SelectRows([.. Enumerable.Range(0, 30)]),
        null,
        [.. Enumerable.Range(0, 30)],
        [.. Enumerable.Range(0, 30).Select(row => row % 3 == 0 ? -1 : row - 1)]));

    private static JobEvent[] WholeJob =>
        [Happened.Accepted(), Happened.Queued(2), Happened.Started(), Happened.Epoch(1), Happened.Epoch(2), .. Happened.Recipe(Recipe, Data), Happened.Report()];

    [Fact]
    public async Task Oversample_UndisturbedJob_GivesRecipeReportProgressAndNotices()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        using AemloClient client = server.Connect();
        var epochs = new Told<EpochReport>();
        var notices = new Told<JobNotice>();

        ResamplingOutcome outcome = await client.OversampleAsync(Data, Options, epochs, new JobSettings { RequestId = "mine", Notices = notices, TimeLimit = TimeSpan.FromHours(1) }, Cancellation);

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

        await client.OversampleAsync(Data, Options, cancellationToken: Cancellation);

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

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, new Told<EpochReport>(_ => arrived.SetResult()), new JobSettings { Notices = notices }, Cancellation));

        Assert.Equal((AemloServerException.Unreachable, "j1"), (error.Reason, error.JobId));
        Assert.Contains("given up after 5 tries; job j1 goes on there", error.Message);
        Assert.Equal(5, notices.Values.Count(notice => notice.Kind == JobNoticeKind.Reconnecting));
        Assert.Equal(6, server.Jobs.Calls.Count);
        Assert.All(server.Jobs.Calls.Skip(1), call => Assert.Equal(("j1", 1u), (call.Watch!.JobId, call.Watch.AfterEpoch)));
    }

    [Fact]
    public async Task Oversample_FullServer_TriesAgainWhenItSays()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromMilliseconds(20)));
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromMilliseconds(20)));
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        using AemloClient client = server.Connect();
        var notices = new Told<JobNotice>();

        ResamplingOutcome outcome = await client.OversampleAsync(Data, Options, null, new JobSettings { Notices = notices }, Cancellation);

        AssertSame(Recipe, outcome.Recipe);
        Assert.Equal(2, notices.Values.Count(notice => notice.Kind == JobNoticeKind.Waiting && notice.Text.Contains("the queue is full", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Oversample_FullServerLongerThanTheTimeout_EndsWithDeadlineExceeded()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromHours(1)));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, null, new JobSettings { Timeout = TimeSpan.FromMilliseconds(500) }, Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Code);
        Assert.Contains("the job did not end within 0.5 s", error.Message);
    }

    [Fact]
    public async Task Oversample_JobTooBig_IsRefusedWithoutAnotherTry()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "the job needs 90 GiB")));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, error.Code);
        Assert.Null(error.RetryAfter);
        Assert.Single(server.Jobs.Calls);
    }

    [Fact]
    public async Task Oversample_BadOption_NamesTheField()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        var details = new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = "method.options[epochs]: must be 1 or more",
            Details =
            {
                Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "method.options[epochs]", Description = "must be 1 or more" } } }),
                Any.Pack(new ErrorInfo { Domain = "aemlo", Reason = "INVALID_ARGUMENT" }),
            },
        };
        server.Jobs.Scripts.Add(_ => throw details.ToRpcException());
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ARGUMENT"), (error.Code, error.Reason));
        Assert.Equal(new FieldViolation("method.options[epochs]", "must be 1 or more"), Assert.Single(error.Violations));
        Assert.EndsWith(": method.options[epochs]: must be 1 or more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oversample_JobThatFails_GivesItsErrorAndId()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Started());
            throw new RpcException(new Status(StatusCode.Internal, "the worker was lost twice"));
        });
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.Internal, "j1"), (error.Code, error.JobId));
        Assert.Contains("the worker was lost twice", error.Message);
        Assert.Single(server.Jobs.Calls);
        Assert.Empty(server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_Cancelled_EndsTheJobOnTheServer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        Task<ResamplingOutcome> running = client.OversampleAsync(Data, Options, new Told<EpochReport>(_ => cancel.Cancel()), null, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["j1"], server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_CancelledBeforeTheJobIsKnown_FindsItByItsRequestAndEndsIt()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            server.Jobs.Jobs.Add(new Job { Id = "j9", RequestId = call.Control!.RequestId });
            cancel.Cancel();
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.OversampleAsync(Data, Options, null, null, cancel.Token));

        Assert.Equal(["j9"], server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_CancelledWithKeepRunning_LeavesTheJob()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.OversampleAsync(Data, Options, new Told<EpochReport>(_ => cancel.Cancel()), new JobSettings { KeepRunning = true }, cancel.Token));

        Assert.Empty(server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_ProgressThatThrows_EndsTheJobAndThrowsTheSame()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Epoch(1));
            await call.WaitForEndAsync();
        });
        using AemloClient client = server.Connect();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.OversampleAsync(Data, Options, new Told<EpochReport>(_ => throw new NotSupportedException()), null, Cancellation));

        Assert.Equal(["j1"], server.Jobs.Cancelled);
    }

    [Fact]
    public async Task Oversample_RowsThatBreakTheContract_AreABadAnswer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        JobEvent[] events = WholeJob;
        // The last new rows come twice.
        server.Jobs.Scripts.Add(call => SendAsync(call, [.. events[..^1], events[^2], events[^1]]));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, cancellationToken: Cancellation));

        Assert.Equal((AemloServerException.BadAnswer, "j1"), (error.Reason, error.JobId));
        Assert.Contains("its answer cannot be used", error.Message);
    }

    [Fact]
    public async Task Oversample_ReportWithoutTheRows_IsABadAnswer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, [.. WholeJob[..^2], Happened.Report()]));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Data, Options, cancellationToken: Cancellation));

        Assert.Equal(AemloServerException.BadAnswer, error.Reason);
    }

    [Fact]
    public async Task Oversample_WorkerLost_TellsOfTheNewAttemptAndItsEpochs()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(
            call,
            [Happened.Accepted(), Happened.Started(), Happened.Epoch(1), Happened.Epoch(2), Happened.Epoch(3), Happened.Started(attempt: 2, resumed: 1), Happened.Epoch(2), Happened.Epoch(3), .. Happened.Recipe(Recipe, Data), Happened.Report()]));
        using AemloClient client = server.Connect();
        var epochs = new Told<EpochReport>();
        var notices = new Told<JobNotice>();

        await client.OversampleAsync(Data, Options, epochs, new JobSettings { Notices = notices }, Cancellation);

        Assert.Equal([1, 2, 3, 2, 3], epochs.Values.Select(report => report.Epoch));
        Assert.Contains(notices.Values, notice => notice.Text == "started on cpu, attempt 2, after epoch 1");
    }

    [Fact]
    public async Task Train_Job_GivesTheModel()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, Happened.Accepted(), Happened.Epoch(1), Happened.Report(model: "m4")));
        using AemloClient client = server.Connect();

        TrainingOutcome outcome = await client.TrainAsync(Data, Options, "fold 1", cancellationToken: Cancellation);

        Assert.Equal("m4", outcome.ModelId);
        Assert.Equal("fold 1", ((TrainRequest)Assert.Single(server.Jobs.Requests)).ModelName);
    }

    [Fact]
    public async Task Generate_Request_SendsOptionsOfGenerationAlone()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, [Happened.Accepted(), .. Happened.Recipe(Recipe, Data), Happened.Report()]));
        using AemloClient client = server.Connect();

        ResamplingOutcome outcome = await client.GenerateAsync("m4", Options with { Num = 30 }, Data, cancellationToken: Cancellation);

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

        AssertSame(Recipe, (await client.Jobs.WatchAsync("j1", Data.Schema, cancellationToken: Cancellation)).Recipe);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Jobs.WatchAsync("j1", Data.Schema, new Told<EpochReport>(_ => cancel.Cancel()), null, cancel.Token));

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

        ResamplingOutcome outcome = await client.OversampleAsync(Data, Options, epochs, null, Cancellation);

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

    private static async Task SendAsync(FakeJobCall call, params JobEvent[] events)
    {
        foreach (JobEvent happened in events)
            await call.Write(happened);
    }

    private static async Task DropAsync(FakeJobCall call, params JobEvent[] events)
    {
        await SendAsync(call, events);
        call.Drop();
    }

    private static RpcException Full(TimeSpan retry) => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Message = "the queue is full",
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retry) }) },
    }.ToRpcException();

    private static void AssertSame(ResamplingRecipe expected, ResamplingRecipe actual)
    {
        Assert.Equal(expected.KeptRows, actual.KeptRows);
        Assert.Equal(expected.NewRows.SeedRows, actual.NewRows.SeedRows);
        Assert.Equal(expected.NewRows.NeighbourRows, actual.NewRows.NeighbourRows);
        DatasetAssert.EqualRows(AsData(expected), 0, AsData(actual), 0, expected.NewRows.Count);
    }

    private static MultiLabelDataset AsData(ResamplingRecipe recipe) => new(Data.Schema, recipe.NewRows.Features, recipe.NewRows.Labels, recipe.NewRows.Weights);
}
