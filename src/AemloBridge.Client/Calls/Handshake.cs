using System.Reflection;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using Grpc.Core;

namespace AemloBridge.Client.Calls;

/// <summary>Makes sure, before anything else, that client and server speak a common version.</summary>
internal sealed class Handshake(Caller caller, ServerService.ServerServiceClient service)
{
    private volatile bool _done;

    private static string ClientVersion { get; } =
        typeof(Handshake).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    /// <summary>Asks once for each client; later calls return at once.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or there is no common version.</exception>
    public async ValueTask RequireAsync(CancellationToken cancellation)
    {
        if (!_done)
            await AskAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks the server what it is.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or there is no common version.</exception>
    public async Task<GetServerInfoResponse> AskAsync(CancellationToken cancellation)
    {
        var request = new GetServerInfoRequest
        {
            ClientName = caller.Options.ClientName,
            ClientVersion = ClientVersion,
            ProtocolVersion = ProtocolVersion.Newest,
        };
        // A server that is not there is said at once: nothing has been lost yet that trying again could save.
        GetServerInfoResponse info = await caller.AskAsync(call => service.GetServerInfoAsync(request, call), cancellation, _done ? null : 0).ConfigureAwait(false);
        if (info.NewestProtocolVersion < ProtocolVersion.Oldest)
            throw NoCommon(info, "the server is too old for this client; update the server, or use an older client");
        if (info.OldestProtocolVersion > ProtocolVersion.Newest)
            throw NoCommon(info, "this client is too old for the server; update the client");
        _done = true;
        return info;
    }

    private AemloServerException NoCommon(GetServerInfoResponse info, string what) => new(
        StatusCode.FailedPrecondition,
        AemloServerException.ProtocolVersion,
        $"server {caller.Address.Text}: {what} (server {info.ServerVersion} speaks versions {info.OldestProtocolVersion} to {info.NewestProtocolVersion} of the contracts, client {ClientVersion} speaks {ProtocolVersion.Oldest} to {ProtocolVersion.Newest})");
}
