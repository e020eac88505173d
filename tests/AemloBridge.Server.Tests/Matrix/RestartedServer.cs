using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>
/// A server that was killed while a call of every row was in flight, and started again on the same data. Its worker is
/// halted meanwhile, so that no job is over before. Right after the restart every client asks again.
/// </summary>
public sealed class RestartedServer : IAsyncLifetime
{
    private readonly Dictionary<string, BrokenCall> _calls = [];
    private readonly Dictionary<string, Task<IReadOnlyList<IMessage>>> _again = [];
    private LabServer? _server;

    internal LabServer Server => _server ?? throw new InvalidOperationException("the server was not started");

    internal Lab Lab => Server.Lab;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _server = await LabServer.StartAsync();
        var held = new Dictionary<RpcRow, (Target Target, OpenCall Call)>();
        try
        {
            int worker = await HoldAllAsync(held);
            await Server.Process.KillAsync();
            // What the server has started ends by itself when the server is gone.
            WorkerChild.Continue(worker);
            foreach ((RpcRow row, (Target target, OpenCall call)) in held)
                _calls[row.Name] = new BrokenCall(target, await call.ReadToStatusAsync(), call.Answers);
        }
        finally
        {
            foreach ((_, OpenCall call) in held.Values)
                call.Dispose();
        }

        await Server.Process.RestartAsync();
        // All at once: the job that never ends is ahead of what later checks ask for, whichever test is the first.
        foreach (RpcRow row in RpcTable.Rows)
            _again[row.Name] = AskAgainAsync(row);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>The call of that row that was in flight.</summary>
    internal BrokenCall Of(RpcRow row) => _calls[row.Name];

    /// <summary>The answers to that row's call, made once more after the restart.</summary>
    internal Task<IReadOnlyList<IMessage>> AgainAsync(RpcRow row) => _again[row.Name];

    private async Task<IReadOnlyList<IMessage>> AskAgainAsync(RpcRow row)
    {
        Target target = Of(row).Target;
        // Cancelled while it runs, once those before it have ended.
        if (row.About == About.EndlessJob)
            await Waiting.UntilAsync(async () => (await Lab.JobAsync(target.Job)).State != JobState.Queued);
        return await Lab.CallAsync(row.Request(target));
    }

    private async Task<int> HoldAllAsync(Dictionary<RpcRow, (Target Target, OpenCall Call)> held)
    {
        await Lab.KeepAsync();
        int worker = await WorkerChild.OfAsync(Server.Process);
        // One job runs, and those behind it wait; last the one that never ends.
        RpcRow running = RpcTable.Rows.First(row => row.Held == Held.Running);
        await HoldAsync(held, running, Held.Running);
        WorkerChild.Pause(worker);
        foreach (RpcRow row in RpcTable.Rows.Where(row => row != running).OrderBy(row => row.About == About.EndlessJob))
            await HoldAsync(held, row, row.Held == Held.Unfinished ? Held.Unfinished : Held.Answering);
        await Server.UntilHalfWrittenAsync(something: true);
        return worker;
    }

    private async Task HoldAsync(Dictionary<RpcRow, (Target Target, OpenCall Call)> held, RpcRow row, Held how)
    {
        Target target = await Lab.TargetAsync(row, MatrixData.Long) with { RequestId = $"before {row.Name}" };
        held[row] = (target, await Lab.HoldAsync(row, target, how));
    }
}

/// <summary>A call that was in flight when the server was killed.</summary>
/// <param name="Target">What it was about.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Answers">What had come before.</param>
internal sealed record BrokenCall(Target Target, StatusCode Status, IReadOnlyList<IMessage> Answers);
