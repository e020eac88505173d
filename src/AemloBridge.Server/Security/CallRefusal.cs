using System.Globalization;
using AemloBridge.Server.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace AemloBridge.Server.Security;

/// <summary>Answers a call before anything of its request is read.</summary>
internal static class CallRefusal
{
    private const string ContentType = "application/grpc";

    /// <summary>Ends the call with a status; a request that is no gRPC call gets the HTTP status instead.</summary>
    public static Task RefuseAsync(HttpContext context, RequestException why, int httpStatus)
    {
        HttpResponse response = context.Response;
        if (context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            response.StatusCode = httpStatus;
            return Task.CompletedTask;
        }

        // A response of headers alone, as the gRPC protocol has it for calls that fail at once.
        response.ContentType = ContentType;
        response.Headers["grpc-status"] = ((int)why.Code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(why.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(StatusDetails.Of(why).ToByteArray());
        return Task.CompletedTask;
    }
}
