using System.Net.Sockets;
using AemloBridge.Aemlo.Models;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Security;
using AemloBridge.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Hosting;

/// <summary>Runs a server from its start to its end.</summary>
/// <param name="options">Its settings, checked.</param>
/// <param name="warnings">What the check of the settings had to say, for the log.</param>
internal sealed class ServerRun(ServerOptions options, IReadOnlyList<string> warnings)
{
    /// <summary>What it is made of.</summary>
    public ServerParts Parts { get; init; } = ServerParts.Embedded;

    /// <summary>Is given what reads files again that have changed.</summary>
    public Action<Action> OnReload { get; init; } = static _ => { };

    /// <summary>Starts the server, tells where it listens, and stops it when asked to.</summary>
    /// <param name="output">Gets a line <c>listening on ADDRESS</c> for each address, as soon as it is true.</param>
    /// <param name="input">What ends with the process that started this one; read when the options ask for it.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public async Task RunAsync(TextWriter output, Stream input, CancellationToken stop)
    {
        await using WebApplication app = ServerHost.Build(options, Parts);
        ILogger logger = app.Services.GetRequiredService<ILogger<ServerRun>>();
        OnReload(app.Services.GetRequiredService<Reloader>().Reload);
        await StartAsync(app, options).ConfigureAwait(false);
        foreach (string warning in warnings)
            logger.SettingWarning(warning);
        foreach (string address in Addresses(app))
        {
            output.WriteLine($"listening on {address}");
            logger.Listening(ProgramVersion.Current, address, options.CertificatePath is null ? "off" : "on", options.TokenPath is null ? "off" : "on");
        }

        output.Flush();
        if (TelemetryExport.Endpoint(options) is { } endpoint)
            logger.Exporting(endpoint);

        using var parentGone = new CancellationTokenSource();
        if (options.StopWithParent)
            ParentWatch.Start(input, parentGone);
        CancellationToken failed = app.Lifetime.ApplicationStopping;
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, parentGone.Token, failed);
        await Task.Delay(Timeout.Infinite, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        bool inHurry = !stop.IsCancellationRequested;
        string cause = stop.IsCancellationRequested ? "it was asked to" : failed.IsCancellationRequested ? "a part of it failed" : "its standard input has ended";
        await app.Services.GetRequiredService<ServerDrain>().RunAsync(cause, inHurry).ConfigureAwait(false);
        bool hasFailed = failed.IsCancellationRequested;
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        logger.Stopped();
        if (hasFailed)
            throw new InvalidOperationException("a part of the server failed and it had to stop; its log says what");
    }

    /// <summary>Starts a built server.</summary>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public static async Task StartAsync(WebApplication app, ServerOptions options)
    {
        try
        {
            await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (Listening.CauseOf(exception) is SocketException cause)
        {
            throw Listening.Explain(cause, options);
        }
    }

    /// <summary>Where a started server listens: <c>http://127.0.0.1:43211</c>, <c>https://…</c> or <c>unix:PATH</c>.</summary>
    public static IEnumerable<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => address.Replace("http://unix:", "unix:", StringComparison.Ordinal));
}
