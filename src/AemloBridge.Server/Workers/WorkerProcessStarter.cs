using AemloBridge.Server.Configuration;
using AemloBridge.Server.Workers.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Workers;

/// <summary>Starts workers as processes of <c>aemlo</c>.</summary>
internal sealed class WorkerProcessStarter(ServerOptions options, WorkerTimes times, ILogger<WorkerProcessStarter> logger) : IWorkerStarter
{
    public async Task<IWorker> StartAsync(string device, CancellationToken cancellationToken)
    {
        var worker = new WorkerProcess(WorkerCommandLine.For(options.WorkerExecutable, device), device, times, logger);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(times.Start);
            worker.Ready = await FirstWordsAsync(worker, limit.Token, cancellationToken).ConfigureAwait(false);
            logger.Up(worker.Ready.Device, worker.ProcessId, worker.Ready.DeviceDescription, worker.Ready.LibtorchVersion);
            return worker;
        }
        catch
        {
            worker.Kill();
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<WorkerReady> FirstWordsAsync(WorkerProcess worker, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            if (await worker.Events.WaitToReadAsync(limit).ConfigureAwait(false) && worker.Events.TryRead(out WorkerEvent? first))
                return first.Ready ?? throw new WorkerStartException($"the worker began with {first.EventCase}, which is not how this program's workers begin");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkerStartException(FormattableString.Invariant($"the worker was not up within {times.Start.TotalSeconds} s"));
        }

        WorkerExit exit = await worker.Exit.ConfigureAwait(false);
        throw new WorkerStartException($"the worker {exit.How}", $"the worker {exit.Cause}");
    }
}
