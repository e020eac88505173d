using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>What came back for bytes.</summary>
internal sealed record RawResponse(HttpStatusCode Http, StatusCode? Status, string Message, Status? Details);

/// <summary>Calls made of bytes, over HTTP/2.</summary>
internal static class RawCall
{
    private const int HeaderBytes = 5;

    /// <summary>A message as gRPC frames it.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message, byte flag = 0)
    {
        var frame = new byte[HeaderBytes + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <summary>Sends a request and reads the status.</summary>
    public static async Task<RawResponse> SendAsync(string address, string path, byte[] body, string? encoding = null)
    {
        using var client = new HttpClient();
        return await SendAsync(client, address, path, body, encoding);
    }

    /// <summary>Sends a request over a client's connection and reads the status.</summary>
    public static async Task<RawResponse> SendAsync(HttpClient client, string address, string path, byte[] body, string? encoding = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        if (header is { } more)
            request.Headers.Add(more.Name, more.Value);
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        string? code = Value(response, "grpc-status");
        string? details = Value(response, "grpc-status-details-bin");
        return new RawResponse(
            response.StatusCode,
            code is null ? null : (StatusCode)int.Parse(code, CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Value(response, "grpc-message") ?? ""),
            details is null ? null : Status.Parser.ParseFrom(Convert.FromBase64String(details)));
    }

    // Errors before any message come as headers alone.
    private static string? Value(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? trailers) ? trailers.Single()
        : response.Headers.TryGetValues(name, out IEnumerable<string>? headers) ? headers.Single()
        : null;
}
