using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Security;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AemloBridge.Server.Hosting;

/// <summary>Refuses new work while the server winds down.</summary>
internal sealed class DrainGate
{
    // Those who wait for running jobs can see how they end; nothing new begins.
    private static readonly HashSet<PathString> Open =
    [
        .. new[] { "GetJob", "ListJobs", "WatchJob", "CancelJob" }.Select(method => Path(JobServiceReflection.Descriptor.Services[0].FullName, method)),
        Path(ServerServiceReflection.Descriptor.Services[0].FullName, "GetServerInfo"),
    ];

    private volatile bool _closed;

    /// <summary>Refuses new work from now on.</summary>
    public void Close() => _closed = true;

    /// <summary>Lets a call in, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        PathString path = context.Request.Path;
        if (!_closed || Open.Contains(path) || path.StartsWithSegments(ServerHealth.PathPrefix, StringComparison.Ordinal))
            return next(context);
        var why = new RequestException(StatusCode.Unavailable, Reasons.Stopping, "the server is stopping; try again once it is back") { RetryAfter = TimeSpan.FromSeconds(5) };
        return CallRefusal.RefuseAsync(context, why, StatusCodes.Status503ServiceUnavailable);
    }

    private static PathString Path(string service, string method) => $"/{service}/{method}";
}
