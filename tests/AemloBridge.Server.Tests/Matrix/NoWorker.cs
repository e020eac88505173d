using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Soak;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Kills the server's worker in the middle of a job, and keeps the next one from coming up for as long as a class of tests runs.</summary>
public sealed class NoWorker(MatrixServer matrix) : IAsyncLifetime
{
    private int _next;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await matrix.Lab.UntilAsync(await matrix.Lab.StartAsync(MatrixData.Endless), JobState.Running);
        int worker = await WorkerChild.OfAsync(matrix.Process);
        ProcessTree.Kill(worker);
        _next = await WorkerChild.OfAsync(matrix.Process, but: worker);
        WorkerChild.Pause(_next);
        Assert.False(Assert.Single((await matrix.Lab.AskAsync<GetServerInfoResponse>(new GetServerInfoRequest())).Devices).Ready);
    }

    public ValueTask DisposeAsync()
    {
        if (_next != 0)
            WorkerChild.Continue(_next);
        return ValueTask.CompletedTask;
    }
}
