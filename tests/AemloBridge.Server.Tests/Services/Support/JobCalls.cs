using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Short ways to start jobs and read their streams.</summary>
internal static class JobCalls
{
    /// <summary>Stores the small data set and gives its digest.</summary>
    public static async Task<string> UploadSampleAsync(this ServiceHost host, string tenant = "a") =>
        (await Samples.UploadAsync(host.Datasets(tenant), Samples.Dataset())).Dataset.Digest;

    /// <summary>Starts a job, reads its first event, and leaves.</summary>
    public static async Task<JobAccepted> AcceptedAsync(this ServiceHost host, OversampleRequest request, string tenant = "a")
    {
        using AsyncServerStreamingCall<OversampleResponse> call = host.JobCalls(tenant).Oversample(request);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current.Event.Accepted;
    }

    /// <summary>The next event.</summary>
    public static async Task<JobEvent> NextAsync(this AsyncServerStreamingCall<OversampleResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current.Event;
    }

    /// <summary>The next event.</summary>
    public static async Task<JobEvent> NextAsync(this AsyncServerStreamingCall<WatchJobResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current.Event;
    }

    /// <summary>All events that are left.</summary>
    public static async Task<List<JobEvent>> RestAsync(this AsyncServerStreamingCall<OversampleResponse> call)
    {
        var events = new List<JobEvent>();
        await foreach (OversampleResponse response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            events.Add(response.Event);
        return events;
    }

    /// <summary>All events that are left.</summary>
    public static async Task<List<JobEvent>> RestAsync(this AsyncServerStreamingCall<WatchJobResponse> call)
    {
        var events = new List<JobEvent>();
        await foreach (WatchJobResponse response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            events.Add(response.Event);
        return events;
    }

    /// <summary>The recipe among the events, as a file holds it.</summary>
    public static byte[] Recipe(IEnumerable<JobEvent> events)
    {
        using var stream = new MemoryStream();
        foreach (RecipePart part in events.Select(happened => happened.Recipe).OfType<RecipePart>())
            part.WriteDelimitedTo(stream);
        return stream.ToArray();
    }
}
