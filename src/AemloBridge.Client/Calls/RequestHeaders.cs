using System.Globalization;
using AemloBridge.Protocol;
using Grpc.Core;

namespace AemloBridge.Client.Calls;

/// <summary>What every call says of itself.</summary>
internal static class RequestHeaders
{
    /// <summary>Adds token and protocol version.</summary>
    public static Metadata Add(Metadata headers, AemloClientOptions options)
    {
        headers.Add(ProtocolVersion.Header, ProtocolVersion.Newest.ToString(CultureInfo.InvariantCulture));
        if (options.Token is { } token)
            headers.Add("authorization", $"Bearer {token}");
        return headers;
    }
}
