using AemloBridge.Aemlo.Models;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Tests.Services.Support;
using AemloBridge.Server.Tests.TestSupport;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Errors;

public sealed class ErrorInterceptorTests
{
    private const string Secret = "/srv/aemlo/secret.db";

    public static TheoryData<string, StatusCode, string> Translations => new()
    {
        { "contract", StatusCode.InvalidArgument, Reasons.InvalidArgument },
        { "option", StatusCode.InvalidArgument, Reasons.InvalidArgument },
        { "input", StatusCode.InvalidArgument, Reasons.InvalidArgument },
        { "model", StatusCode.InvalidArgument, Reasons.InvalidArgument },
        { "too large", StatusCode.ResourceExhausted, Reasons.TooLarge },
        { "disk full", StatusCode.ResourceExhausted, Reasons.DiskFull },
        { "request", StatusCode.FailedPrecondition, Reasons.InUse },
        { "other io", StatusCode.Internal, Reasons.Internal },
        { "cancelled by itself", StatusCode.Internal, Reasons.Internal },
        { "bug", StatusCode.Internal, Reasons.Internal },
    };

    [Theory]
    [MemberData(nameof(Translations))]
    public async Task EveryKindOfCall_ThatThrows_EndsWithTheStatusThatFitsAndNoPath(string what, StatusCode code, string reason)
    {
        await using ServiceHost host = await Throwing(() => throw Make(what));
        Func<Task>[] calls =
        [
            async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()),
            async () => await host.JobCalls().WatchJob(new WatchJobRequest()).ResponseStream.MoveNext(TestContext.Current.CancellationToken),
            async () => await host.Datasets().UploadDataset(),
        ];
        foreach (Func<Task> call in calls)
        {
            RpcException exception = await StatusAssert.FailsAsync(code, reason, call);
            Assert.DoesNotContain("/srv", exception.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("/srv", exception.GetRpcStatus()!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("contract", "rows.labels", "row 3: bits beyond the last")]
    [InlineData("option", "method.options[epochs]", "0 is out of range")]
    public async Task ACall_WithAWrongField_NamesItInItsDetails(string what, string field, string description)
    {
        await using ServiceHost host = await Throwing(() => throw Make(what));

        Assert.Equal(description, await StatusAssert.InvalidAsync(field, async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest())));
    }

    [Fact]
    public async Task ACall_ThatFailsUnexpectedly_GivesTheNumberUnderWhichTheLogHasTheCause()
    {
        await using ServiceHost host = await Throwing(() => throw Make("bug"));

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.Internal, Reasons.Internal, async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()));

        string incident = exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["incident"];
        Assert.Contains(incident, exception.Status.Detail, StringComparison.Ordinal);
        LoggedEvent logged = Assert.Single(host.Log.Events, entry => entry.Level == LogLevel.Error);
        Assert.Contains(incident, logged.Message, StringComparison.Ordinal);
        Assert.Equal((4002, typeof(NullReferenceException)), (logged.Id.Id, logged.Exception!.GetType()));
    }

    [Fact]
    public async Task ACall_ThatFailsTwice_GivesTwoNumbers()
    {
        await using ServiceHost host = await Throwing(() => throw Make("bug"));
        async Task<string> IncidentAsync() =>
            (await Assert.ThrowsAsync<RpcException>(async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()))).GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["incident"];

        Assert.NotEqual(await IncidentAsync(), await IncidentAsync());
    }

    [Fact]
    public async Task ACall_WithAnEndlessMessage_StaysWithinWhatClientsTake()
    {
        string endless = string.Concat(Enumerable.Repeat("größer als 😀 ", 5000));
        await using ServiceHost host = await Throwing(() => throw new RequestException(StatusCode.InvalidArgument, Reasons.InvalidArgument, endless)
        {
            Violations = [.. Enumerable.Range(0, 100).Select(number => new FieldViolation($"field{number}{endless}", endless))],
            Metadata = new Dictionary<string, string> { ["job_id"] = endless },
        });

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.InvalidArgument, Reasons.InvalidArgument, async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()));

        Assert.StartsWith("größer als 😀", exception.Status.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.True(exception.Trailers.Sum(entry => entry.Key.Length + (entry.IsBinary ? entry.ValueBytes.Length * 4 / 3 : entry.Value.Length * 3)) + (exception.Status.Detail.Length * 3) < 8192);
    }

    [Fact]
    public async Task EveryCall_IsCountedByMethodAndStatus()
    {
        await using ServiceHost host = await Throwing(() => throw new RequestException(StatusCode.Aborted, Reasons.InUse, "only this test ends calls so"));

        await Assert.ThrowsAsync<RpcException>(async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()));
        await Assert.ThrowsAsync<RpcException>(async () => await host.Server().GetServerInfoAsync(new GetServerInfoRequest()));

        Assert.Equal(2, host.Sent.Of("aemlo.rpc.duration /aemlo.v1.ServerService/GetServerInfo 10"));
    }

    private static Task<ServiceHost> Throwing(Action act) => ServiceHost.StartAsync(change: services =>
    {
        services.AddSingleton(new Thrower(act));
        services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<Thrower>());
    });

    private static Exception Make(string what) => what switch
    {
        "contract" => new ContractException("rows.labels", "row 3: bits beyond the last"),
        "option" => new AemloOptionException("epochs", "0 is out of range"),
        "input" => new AemloInputException("no rows", Secret, 3),
        "model" => new AemloModelFormatException($"{Secret}: damaged", new AemloModelFormatException("damaged")),
        "too large" => new DatasetTooLargeException("too large"),
        "disk full" => new IOException($"No space left on device : '{Secret}'", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28),
        "request" => new RequestException(StatusCode.FailedPrecondition, Reasons.InUse, "in use"),
        "other io" => new IOException($"Input/output error : '{Secret}'"),
        "cancelled by itself" => new OperationCanceledException(Secret),
        _ => new NullReferenceException(Secret),
    };

    private sealed class Thrower(Action act) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            act();
            return continuation(request, context);
        }

        public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            await Task.Yield();
            act();
            return await continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            act();
            return continuation(request, responseStream, context);
        }
    }
}
