using System.Diagnostics.Metrics;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Hosting;
using AemloBridge.Server.Telemetry;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Security;

/// <summary>
/// Lets no call in without a known token, whichever service it is for, and notes whose call it is. Before everything else:
/// nothing that a stranger sends is read.
/// </summary>
internal sealed class TokenGate(RequestDelegate next, Reloaded<TokenSet> tokens, ILogger<TokenGate> logger)
{
    private const string Scheme = "Bearer ";

    private static readonly Counter<long> Refused = ServerTelemetry.Meter.CreateCounter<long>("aemlo.calls.unauthenticated", "{call}", "Calls without a known token");

    public Task InvokeAsync(HttpContext context)
    {
        // Balancers and supervisors ask for health, and have no tokens.
        if (context.Request.Path.StartsWithSegments(ServerHealth.PathPrefix, StringComparison.Ordinal))
            return next(context);

        string? token = Token(context.Request);
        if (token is not null && tokens.Current.Find(token) is { } tenant)
        {
            context.SetTenant(tenant);
            return next(context);
        }

        Refused.Add(1);
        logger.Unauthenticated(context.Connection.RemoteIpAddress?.ToString() ?? "a local socket", token is null ? "no token" : "an unknown token");
        string message = token is null
            ? "this server needs a token: send the header 'authorization: Bearer TOKEN'"
            : "the token is not known to this server; ask whoever runs it for one";
        return CallRefusal.RefuseAsync(context, new RequestException(StatusCode.Unauthenticated, Reasons.Unauthenticated, message), StatusCodes.Status401Unauthorized);
    }

    private static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value[Scheme.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;
}
