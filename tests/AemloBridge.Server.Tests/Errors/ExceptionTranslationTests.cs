using AemloBridge.Server.Errors;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Errors;

public sealed class ExceptionTranslationTests
{
    // gRPC closes the answer first and cancels the call's token a moment later; who writes in between gets this.
    private static readonly InvalidOperationException Closed = new("Writing is not allowed after writer was completed.");

    [Fact]
    public void Of_AWriteBetweenTheDeadlineAndItsCancellation_IsTheDeadline()
    {
        RequestException? status = ExceptionTranslation.Of(Closed, new CallWithDeadline(DateTime.UtcNow));

        Assert.Equal((StatusCode.DeadlineExceeded, Reasons.DeadlineExceeded), (status?.Code, status?.Reason));
    }

    [Fact]
    public void Of_TheSameBeforeTheDeadline_IsTheServersOwnFault() =>
        Assert.Null(ExceptionTranslation.Of(Closed, new CallWithDeadline(DateTime.UtcNow.AddMinutes(10))));

    [Fact]
    public void Of_TheSameWithoutADeadline_IsTheServersOwnFault() =>
        Assert.Null(ExceptionTranslation.Of(Closed, new CallWithDeadline(DateTime.MaxValue)));

    /// <summary>A call whose token nothing has cancelled.</summary>
    private sealed class CallWithDeadline(DateTime deadline) : ServerCallContext
    {
        protected override DateTime DeadlineCore => deadline;

        protected override CancellationToken CancellationTokenCore => CancellationToken.None;

        protected override string MethodCore => throw new NotSupportedException();

        protected override string HostCore => throw new NotSupportedException();

        protected override string PeerCore => throw new NotSupportedException();

        protected override Metadata RequestHeadersCore => throw new NotSupportedException();

        protected override Metadata ResponseTrailersCore => throw new NotSupportedException();

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => throw new NotSupportedException();

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => throw new NotSupportedException();
    }
}
