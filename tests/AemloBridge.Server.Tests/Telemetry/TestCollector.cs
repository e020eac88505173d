using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AemloBridge.Server.Tests.Telemetry;

/// <summary>A collector of OTLP that keeps what comes as bytes: over HTTP, or over gRPC without knowing more of it than its frame.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Channel<(string Path, string Bytes)> _received = Channel.CreateUnbounded<(string, string)>();
    private readonly WebApplication _app;

    private TestCollector(HttpProtocols protocol)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocol));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Address => _app.Urls.First();

    public static async Task<TestCollector> StartAsync(bool grpc)
    {
        var collector = new TestCollector(grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Waits until something of that path has come that holds all these words; gives everything that came until then.</summary>
    public async Task<string> WaitForAsync(string path, params string[] words)
    {
        var all = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            (string at, string bytes) = await _received.Reader.ReadAsync(patience.Token);
            all.Append(at).Append(bytes);
            if (at == path && words.All(word => bytes.Contains(word, StringComparison.Ordinal)))
                return all.ToString();
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Writer.TryWrite((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        if (context.Request.Protocol != HttpProtocol.Http2)
            return;
        context.Response.ContentType = "application/grpc";
        // An empty message, uncompressed: one byte of flags and four of length.
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
