using AemloBridge.Client.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using static AemloBridge.Client.Tests.TestSupport.SampleJob;
using Status = Grpc.Core.Status;

namespace AemloBridge.Client.Tests.Jobs;

/// <summary>Servers that are full, refuse, fail or lie.</summary>
public class JobRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Oversample_FullServer_TriesAgainWhenItSays()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromMilliseconds(20)));
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromMilliseconds(20)));
        server.Jobs.Scripts.Add(call => SendAsync(call, WholeJob));
        using AemloClient client = server.Connect();
        var notices = new Told<JobNotice>();

        ResamplingOutcome outcome = await client.OversampleAsync(Given, Options, null, new JobSettings { Notices = notices }, Cancellation);

        AssertSame(Recipe, outcome.Recipe);
        Assert.Equal(2, notices.Values.Count(notice => notice.Kind == JobNoticeKind.Waiting && notice.Text.Contains("the queue is full", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Oversample_FullServerLongerThanTheTimeout_EndsWithDeadlineExceeded()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw Full(TimeSpan.FromHours(1)));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, null, new JobSettings { Timeout = TimeSpan.FromMilliseconds(500) }, Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Code);
        Assert.Contains("the job did not end within 0.5 s", error.Message);
    }

    [Fact]
    public async Task Oversample_JobTooBig_IsRefusedWithoutAnotherTry()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(_ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "the job needs 90 GiB")));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

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

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

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

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.Internal, "j1"), (error.Code, error.JobId));
        Assert.Contains("the worker was lost twice", error.Message);
        Assert.Single(server.Jobs.Calls);
        Assert.Empty(server.Jobs.Cancelled);
    }

    [Theory]
    [InlineData("JOB_FAILED", Code.Unavailable)]
    [InlineData("WORKER_LOST", Code.Unavailable)]
    [InlineData("JOB_CANCELLED", Code.Cancelled)]
    public async Task Oversample_JobThatHasEnded_IsNotAskedForAgainWhateverItsCode(string reason, Code code)
    {
        await using FakeServer server = await FakeServer.StartAsync();
        var end = new Google.Rpc.Status { Code = (int)code, Message = "the job is over", Details = { Any.Pack(new ErrorInfo { Domain = "aemlo", Reason = reason }) } };
        server.Jobs.Scripts.Add(async call =>
        {
            await SendAsync(call, Happened.Accepted(), Happened.Started());
            throw end.ToRpcException();
        });
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

        Assert.Equal((reason, "j1"), (error.Reason, error.JobId));
        Assert.Single(server.Jobs.Calls);
    }

    [Fact]
    public async Task Oversample_RowsThatBreakTheContract_AreABadAnswer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        JobEvent[] events = WholeJob;
        // The last new rows come twice.
        server.Jobs.Scripts.Add(call => SendAsync(call, [.. events[..^1], events[^2], events[^1]]));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

        Assert.Equal((AemloServerException.BadAnswer, "j1"), (error.Reason, error.JobId));
        Assert.Contains("its answer cannot be used", error.Message);
    }

    [Fact]
    public async Task Oversample_ReportWithoutTheRows_IsABadAnswer()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        server.Jobs.Scripts.Add(call => SendAsync(call, [.. WholeJob[..^2], Happened.Report()]));
        using AemloClient client = server.Connect();

        AemloServerException error = await Assert.ThrowsAsync<AemloServerException>(() => client.OversampleAsync(Given, Options, cancellationToken: Cancellation));

        Assert.Equal(AemloServerException.BadAnswer, error.Reason);
    }

    private static RpcException Full(TimeSpan retry) => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Message = "the queue is full",
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retry) }) },
    }.ToRpcException();
}
