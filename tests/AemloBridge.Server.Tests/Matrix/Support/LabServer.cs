using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>A server process with two tenants.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private LabServer(TempFolder folder, RunningServer process, Lab lab, Lab other) => (_folder, Process, Lab, Other) = (folder, process, lab, other);

    public RunningServer Process { get; }

    /// <summary>The tenant that rows are about.</summary>
    public Lab Lab { get; }

    /// <summary>Another one.</summary>
    public Lab Other { get; }

    /// <summary>Starts a server that knows the tokens of two tenants.</summary>
    public static async Task<LabServer> StartAsync()
    {
        (string Name, string Token)[] tenants = [("lab", AccessToken.Create()), ("other", AccessToken.Create())];
        var folder = new TempFolder();
        try
        {
            string tokens = folder.Write("tokens", string.Join('\n', tenants.Select(tenant => AccessToken.Line(tenant.Name, tenant.Token))));
            RunningServer process = await RunningServer.StartAsync("--tokens", tokens, "--checkpoint-interval", "0s");
            Lab[] labs = [.. tenants.Select(tenant => new Lab(process, tenant.Name, tenant.Token))];
            return new LabServer(folder, process, labs[0], labs[1]);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Somebody without a token, or with one that the server does not know.</summary>
    public Caller Stranger(string? token) => new(Process, token);

    /// <summary>Waits until there is something half-written of an upload, or until there is nothing of it.</summary>
    public Task UntilHalfWrittenAsync(bool something) => Waiting.UntilAsync(() => Task.FromResult(HalfWritten().Any() == something));

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    private IEnumerable<string> HalfWritten() =>
        Directory.EnumerateFiles(Process.DataFolder, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
}
