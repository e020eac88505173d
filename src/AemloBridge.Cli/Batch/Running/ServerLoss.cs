using AemloBridge.Client;
using Grpc.Core;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>Tells a server that is lost from one that refuses one entry. Apart, so that a batch done here loads nothing that speaks to servers.</summary>
internal static class ServerLoss
{
    public static bool Is(Exception exception) => exception
        is AemloServerException { Reason: AemloServerException.Unreachable or AemloServerException.ProtocolVersion }
        or AemloServerException { Code: StatusCode.Unauthenticated or StatusCode.Unavailable };
}
