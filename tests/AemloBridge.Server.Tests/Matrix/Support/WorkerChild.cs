using AemloBridge.Server.Tests.Soak;
using AemloBridge.Server.Tests.TestSupport;
using AemloBridge.Server.Workers;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>The worker of a running server, found where Linux lists processes.</summary>
internal static class WorkerChild
{
    /// <summary>Skips the test where workers cannot be found.</summary>
    public static void RequireProc() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the workers of a server are found in /proc");

    /// <summary>Waits for a worker that runs the program.</summary>
    /// <param name="server">The server.</param>
    /// <param name="but">One that is on its way out.</param>
    public static async Task<int> OfAsync(RunningServer server, int but = 0)
    {
        int found = 0;
        await Waiting.UntilAsync(() =>
        {
            // Between fork and exec it is the server itself, which waits for it.
            found = ProcessTree.ChildrenOf(server.Process.Id).FirstOrDefault(child => child != but && ProcessTree.CommandLine(child).Contains(WorkerCommandLine.Command));
            return Task.FromResult(found != 0);
        });
        return found;
    }

    /// <summary>Halts a process where it is.</summary>
    public static void Pause(int process) => ServerProcess.Send(process, ServerProcess.Stop);

    /// <summary>Lets it go on.</summary>
    public static void Continue(int process) => ServerProcess.Send(process, ServerProcess.Continue);
}
