using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using AemloBridge.Server.Tests.Soak;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Worker killed: the calls that follow a job, killed while the job is the worker's.</summary>
[Collection(MatrixServer.Collection)]
public sealed class WorkerKilledTests(MatrixServer matrix) : IAsyncDisposable
{
    public static TheoryData<string> Calls => RpcTable.Names(row => row.WhenWorkerKilled == WhenWorkerKilled.EndsUndisturbed);

    private Lab Lab => matrix.Lab;

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ThatFollowsAJob_EndsWithTheUndisturbedRows(string call)
    {
        WorkerChild.RequireProc();
        RpcRow row = RpcTable.Get(call);
        await Lab.KeepAsync();
        int worker = await WorkerChild.OfAsync(matrix.Process);
        // Without this the job would be over before anybody could kill its worker.
        if (row.Held == Held.Waiting)
            await PauseIdleAsync(worker);
        Target target = await Lab.TargetAsync(row, MatrixData.Long);
        using OpenCall held = await Lab.HoldAsync(row, target);
        string job = JobAnswers.JobId(held.Answers);
        if (row.Held == Held.Waiting)
            await Lab.UntilAsync(job, JobState.Running);

        ProcessTree.Kill(worker);

        await row.Right(Lab, target, await held.RestAsync());
        Assert.Equal((JobState.Succeeded, 2u), ((await Lab.JobAsync(job)).State, (await Lab.JobAsync(job)).Attempts));
        JobStarted again = held.Answers.Select(JobAnswers.Event).Last(happened => happened.Started is not null).Started;
        Assert.Equal((2u, row.Held == Held.Running), (again.Attempt, again.ResumedEpochs > 0));
    }

    private async Task PauseIdleAsync(int worker)
    {
        await Waiting.UntilAsync(async () => (await Lab.AskAsync<GetServerInfoResponse>(new GetServerInfoRequest())).Devices is [{ Ready: true, Busy: false }]);
        WorkerChild.Pause(worker);
    }
}
