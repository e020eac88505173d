using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Errors;

/// <summary>
/// Around each method's endpoint: calls with a single request read it before any interceptor runs, so that a request
/// which cannot be read ends with whatever the gRPC stack says. Here such a status gets the code and details of ours.
/// </summary>
internal static class UnreadableRequestFilter
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    /// <summary>Wraps the endpoint.</summary>
    public static void Wrap(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } inner)
            return;
        endpoint.RequestDelegate = async context =>
        {
            await inner(context);
            Rewrite(context);
        };
    }

    private static void Rewrite(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        if (context.Response.HasStarted || headers.ContainsKey(DetailsHeader) || context.RequestAborted.IsCancellationRequested)
            return;
        if (!int.TryParse(headers[StatusHeader], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            return;
        if ((StatusCode)code is not (StatusCode.Unknown or StatusCode.ResourceExhausted or StatusCode.Internal))
            return;
        RequestException known = UnreadableRequest.Of((StatusCode)code, Uri.UnescapeDataString(headers[MessageHeader].ToString()));
        headers[StatusHeader] = ((int)known.Code).ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(known.Message);
        headers[DetailsHeader] = Convert.ToBase64String(StatusDetails.Of(known).ToByteArray());
        context.RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(UnreadableRequestFilter))
            .RequestUnreadable(context.Request.Path, known.Code, known.Reason);
    }
}
