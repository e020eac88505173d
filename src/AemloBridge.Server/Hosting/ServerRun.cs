using AemloBridge.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Hosting;

/// <summary>Runs a server from its start to its end.</summary>
internal static class ServerRun
{
    /// <summary>Starts the server, tells where it listens, and stops it when asked to.</summary>
    /// <param name="options">Its settings, checked.</param>
    /// <param name="output">Gets a line <c>listening on ADDRESS</c> for each address, as soon as it is true.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <param name="parts">What it is made of; null for the usual parts.</param>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public static async Task RunAsync(ServerOptions options, TextWriter output, CancellationToken stop, ServerParts? parts = null)
    {
        await using WebApplication app = ServerHost.Build(options, parts);
        await StartAsync(app, options).ConfigureAwait(false);
        foreach (string address in Addresses(app))
            output.WriteLine($"listening on {address}");
        output.Flush();

        using var parentGone = new CancellationTokenSource();
        if (options.StopWithParent)
            ParentWatch.Start(Console.OpenStandardInput(), parentGone);
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(stop, parentGone.Token);
        await Task.Delay(Timeout.Infinite, asked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Starts a built server.</summary>
    /// <exception cref="ListenException">It cannot listen where it should.</exception>
    public static async Task StartAsync(WebApplication app, ServerOptions options)
    {
        try
        {
            await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception is not FileNotFoundException)
        {
            throw Listening.Explain(exception, options);
        }
    }

    /// <summary>Where a started server listens: <c>http://127.0.0.1:43211</c>, <c>https://…</c> or <c>unix:PATH</c>.</summary>
    public static IEnumerable<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => address.Replace("http://unix:", "unix:", StringComparison.Ordinal));
}
