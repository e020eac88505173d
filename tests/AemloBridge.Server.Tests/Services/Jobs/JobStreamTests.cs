using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Services.Support;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Jobs;

public sealed class JobStreamTests
{
    [Fact]
    public async Task Oversample_OfAJobThatSucceeds_TellsEverythingInOrder()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        JobAccepted accepted = (await call.NextAsync()).Accepted;
        Assert.Equal(0u, (await call.NextAsync()).Queued.Position);
        Assert.Equal("cpu", (await call.NextAsync()).Started.Device);
        host.Manager.Progress(accepted.JobId, 1);
        Assert.Equal(1u, (await call.NextAsync()).Progress.Epoch);

        host.Manager.Succeed(host.Job(accepted.JobId));

        List<JobEvent> rest = await call.RestAsync();
        Assert.Equal((ulong)3, rest[0].Recipe.Header.NewRowCount);
        Assert.Equal(3u, rest[1].Recipe.NewRows.Rows.RowCount);
        Assert.Equal((accepted.JobId, accepted.Seed), (rest[2].Report.JobId, rest[2].Report.Seed));
        Assert.Equal(3, rest.Count);
    }

    [Fact]
    public async Task Train_OfAJobThatSucceeds_SendsNoRecipe()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<TrainResponse> call = host.JobCalls().Train(new TrainRequest { DatasetDigest = await host.UploadSampleAsync() });
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        host.Manager.Succeed(host.Job(call.ResponseStream.Current.Event.Accepted.JobId));

        var rest = new List<JobEvent>();
        await foreach (TrainResponse response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            rest.Add(response.Event);

        Assert.NotNull(rest[^1].Report);
        Assert.DoesNotContain(rest, happened => happened.Recipe is not null);
    }

    [Fact]
    public async Task Oversample_OfAJobThatFails_EndsWithItsError()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        JobRecord job = host.Job((await call.NextAsync()).Accepted.JobId);

        host.Manager.Fail(job, new JobError { Code = 3, Message = "epoch 3: the loss left the range of numbers", Problems = { new FieldProblem { Field = "method.options[learning-rate]", Description = "lower it" } } });

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.InvalidArgument, Reasons.JobFailed, call.RestAsync);
        Google.Rpc.Status status = exception.GetRpcStatus()!;
        Assert.Equal("epoch 3: the loss left the range of numbers", status.Message);
        Assert.Equal("method.options[learning-rate]", Assert.Single(status.GetDetail<BadRequest>()!.FieldViolations).Field);
        Assert.Equal(job.Id, status.GetDetail<ErrorInfo>()!.Metadata["job_id"]);
    }

    [Theory]
    [InlineData(14, 2, StatusCode.Unavailable, Reasons.WorkerLost)]
    [InlineData(8, 0, StatusCode.ResourceExhausted, Reasons.JobFailed)]
    [InlineData(0, 0, StatusCode.Internal, Reasons.JobFailed)]
    [InlineData(2, 0, StatusCode.Internal, Reasons.JobFailed)]
    [InlineData(4711, 0, StatusCode.Internal, Reasons.JobFailed)]
    public async Task WatchJob_OfAFailedJob_EndsWithACodeThatGrpcKnows(int code, int lostAttempts, StatusCode expected, string reason)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        JobAccepted accepted = await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { KeepRunning = true } });
        host.Manager.Fail(host.Job(accepted.JobId), new JobError { Code = code, Message = "it failed" }, lostAttempts);

        await StatusAssert.FailsAsync(expected, reason, host.JobCalls().WatchJob(new WatchJobRequest { JobId = accepted.JobId }).RestAsync);
    }

    [Fact]
    public async Task Oversample_CancelledByItsClient_CancelsTheJob()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        string id = (await call.NextAsync()).Accepted.JobId;

        call.Dispose();

        (string cancelled, JobError error) = await host.Manager.Cancelled.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((id, (int)StatusCode.Cancelled), (cancelled, error.Code));
        Assert.Equal(JobState.Cancelled, (await host.JobCalls().GetJobAsync(new GetJobRequest { JobId = id })).Job.State);
    }

    [Fact]
    public async Task Oversample_WhoseDeadlinePasses_EndsTheJobWithDeadlineExceeded()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = digest }, deadline: DateTime.UtcNow.AddSeconds(2));
        string id = (await call.NextAsync()).Accepted.JobId;

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(call.RestAsync)).StatusCode);

        (string cancelled, JobError error) = await host.Manager.Cancelled.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((id, (int)StatusCode.DeadlineExceeded), (cancelled, error.Code));
        await StatusAssert.FailsAsync(StatusCode.DeadlineExceeded, Reasons.JobCancelled, host.JobCalls().WatchJob(new WatchJobRequest { JobId = id }).RestAsync);
    }

    [Fact]
    public async Task Oversample_ThatKeepsRunning_OutlivesItsCall()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        JobAccepted accepted = await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { KeepRunning = true } });
        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));

        Assert.False(host.Job(accepted.JobId).HasEnded);
    }

    [Fact]
    public async Task Oversample_JoinedAndCancelled_LeavesTheJobToItsFirstCall()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var request = new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { RequestId = "r" } };
        using AsyncServerStreamingCall<OversampleResponse> first = host.JobCalls().Oversample(request);
        string id = (await first.NextAsync()).Accepted.JobId;
        Assert.True((await host.AcceptedAsync(request)).Joined);
        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));

        Assert.False(host.Job(id).HasEnded);
        host.Manager.Succeed(host.Job(id));
        Assert.NotNull((await first.RestAsync())[^1].Report);
    }

    [Fact]
    public async Task Oversample_WhoseFirstCallEndsAfterAnotherHasJoined_GoesOnForTheOther()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var request = new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { RequestId = "r" } };
        using AsyncServerStreamingCall<OversampleResponse> first = host.JobCalls().Oversample(request);
        string id = (await first.NextAsync()).Accepted.JobId;
        using AsyncServerStreamingCall<OversampleResponse> second = host.JobCalls().Oversample(request);
        Assert.True((await second.NextAsync()).Accepted.Joined);

        first.Dispose();

        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));
        Assert.False(host.Job(id).HasEnded);
        host.Manager.Succeed(host.Job(id));
        Assert.NotNull((await second.RestAsync())[^1].Report);
        Assert.False(host.Manager.Cancelled.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Oversample_WhoseCallsHaveAllEnded_IsCancelledByTheLast()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var request = new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { RequestId = "r" } };
        using AsyncServerStreamingCall<OversampleResponse> first = host.JobCalls().Oversample(request);
        string id = (await first.NextAsync()).Accepted.JobId;
        using AsyncServerStreamingCall<OversampleResponse> second = host.JobCalls().Oversample(request);
        await second.NextAsync();
        first.Dispose();
        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));

        second.Dispose();

        (string cancelled, JobError error) = await host.Manager.Cancelled.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((id, (int)StatusCode.Cancelled), (cancelled, error.Code));
    }

    [Fact]
    public async Task Oversample_RepeatedAfterItsEnd_GivesTheResultAgainThoughTheDatasetIsGone()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        var request = new OversampleRequest { DatasetDigest = digest, Control = new JobControl { RequestId = "r", KeepRunning = true } };
        string id = (await host.AcceptedAsync(request)).JobId;
        host.Manager.Succeed(host.Job(id));
        await host.Datasets().DeleteDatasetAsync(new DeleteDatasetRequest { Digest = digest });

        List<JobEvent> events = await host.JobCalls().Oversample(request).RestAsync();

        Assert.True(events[0].Accepted.Joined);
        Assert.Equal(id, events[^1].Report.JobId);
    }

    [Fact]
    public async Task WatchJob_OfAResultThatHasExpired_SaysSo()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { KeepRunning = true } })).JobId;
        host.Manager.Succeed(host.Job(id));
        Directory.Delete(host.Jobs.Folder(host.Job(id)), recursive: true);

        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.ResultExpired, host.JobCalls().WatchJob(new WatchJobRequest { JobId = id }).RestAsync);
    }

    [Fact]
    public async Task WatchJob_FromAnEpochAndARow_LeavesOutWhatCameBefore()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { KeepRunning = true } })).JobId;
        foreach (uint epoch in new uint[] { 1, 2, 3 })
            host.Manager.Progress(id, epoch);
        host.Manager.Succeed(host.Job(id), Samples.Recipe(100_000, width: 20));

        List<JobEvent> events = await host.JobCalls().WatchJob(new WatchJobRequest { JobId = id, AfterEpoch = 2, FromNewRow = 99_990 }).RestAsync();

        Assert.True(events[0].Accepted.Joined);
        Assert.Equal([3u], events.Where(happened => happened.Progress is not null).Select(happened => happened.Progress.Epoch));
        Assert.Equal(100_000ul, events.Single(happened => happened.Recipe?.Header is not null).Recipe.Header.NewRowCount);
        NewRows rows = Assert.Single(events, happened => happened.Recipe?.NewRows is not null).Recipe.NewRows;
        Assert.Equal((99_990ul, 10u), (rows.FirstRow, rows.Rows.RowCount));
        Assert.NotNull(events[^1].Report);
    }

    [Fact]
    public async Task WatchJob_FromARowBeyondTheResult_NamesTheField()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string id = (await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = new JobControl { KeepRunning = true } })).JobId;
        host.Manager.Succeed(host.Job(id));

        await StatusAssert.InvalidAsync("from_new_row", host.JobCalls().WatchJob(new WatchJobRequest { JobId = id, FromNewRow = 4 }).RestAsync);
    }

    [Fact]
    public async Task WatchJob_Cancelled_LeavesTheJobRunning()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        string id = (await call.NextAsync()).Accepted.JobId;
        using AsyncServerStreamingCall<WatchJobResponse> watch = host.JobCalls().WatchJob(new WatchJobRequest { JobId = id });
        await watch.NextAsync();

        watch.Dispose();

        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));
        Assert.False(host.Job(id).HasEnded);
    }

    [Fact]
    public async Task Oversample_WhenTheServerStops_IsUnavailableAndKeepsTheJob()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        string id = (await call.NextAsync()).Accepted.JobId;

        host.Manager.StopWatching(id);

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.Unavailable, Reasons.Stopping, call.RestAsync);
        Assert.Equal(id, exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["job_id"]);
        Assert.False(host.Job(id).HasEnded);
    }

    [Fact]
    public async Task Oversample_WhenTheServerIsStoppedHard_KeepsTheJobForTheNextStart()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        string id = (await call.NextAsync()).Accepted.JobId;

        await host.StopNowAsync();

        await Assert.ThrowsAsync<RpcException>(call.RestAsync);
        await Eventually.Async(() => host.Log.Events.Any(entry => entry.Id == 4003));
        Assert.False(host.Job(id).HasEnded);
    }

    [Fact]
    public async Task Oversample_OfALargeResultToASlowReader_IsNotBuffered()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls().Oversample(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync() });
        string id = (await call.NextAsync()).Accepted.JobId;
        host.Manager.Succeed(host.Job(id), Samples.Recipe(400_000, width: 20));
        long written = new FileInfo(Path.Combine(host.Jobs.Folder(host.Job(id)), JobFiles.Recipe)).Length;
        Assert.True(written > 64_000_000);

        // Nothing is read now: the server must stop at what the connection's window takes.
        await call.NextAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        long sent = host.Sent.Recipe;

        Assert.True(sent < written / 2, $"{sent} of {written} bytes went out to a reader that does not read");
        List<JobEvent> rest = await call.RestAsync();
        Assert.Equal(400_000, rest.Where(happened => happened.Recipe?.NewRows is not null).Sum(happened => happened.Recipe.NewRows.Rows.RowCount));
    }
}
