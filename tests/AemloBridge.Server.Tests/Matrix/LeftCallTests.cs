using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Cancelled, and deadline.</summary>
[Collection(MatrixServer.Collection)]
public sealed class LeftCallTests(MatrixServer matrix) : IAsyncDisposable
{
    // Twice the time of the try before, until a loaded machine comes as far as the row wants.
    private static readonly double[] DeadlineSeconds = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64];

    public static TheoryData<string> Calls => RpcTable.Names();

    private Lab Lab => matrix.Lab;

    public ValueTask DisposeAsync() => matrix.TidyAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Cancelled_EndsAndTheServerIsWell(string call)
    {
        RpcRow row = RpcTable.Get(call);
        (Target target, string before) = await PrepareAsync(row);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using OpenCall held = await Lab.HoldAsync(row, target, cancellation: cancellation.Token);
        if (row.Method.IsClientStreaming)
            await matrix.Server.UntilHalfWrittenAsync(something: true);

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, await held.StatusAsync());
        await CheckLeftAsync(row, held, before, StatusCode.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WhoseDeadlinePasses_EndsAndTheServerIsWell(string call)
    {
        RpcRow row = RpcTable.Get(call);
        (Target target, string before) = await PrepareAsync(row);
        using OpenCall held = await HoldUntilDeadlineAsync(row, target);

        Assert.Equal(StatusCode.DeadlineExceeded, await held.StatusAsync());
        await CheckLeftAsync(row, held, before, StatusCode.DeadlineExceeded);
    }

    private async Task<(Target Target, string Before)> PrepareAsync(RpcRow row)
    {
        Target target = await Lab.RunningTargetAsync(row);
        if (row.Held == Held.Waiting)
            await Lab.UntilAsync(await Lab.StartAsync(MatrixData.Endless), JobState.Running);
        return (target, await Lab.SnapshotAsync(times: row.WhenLeft != WhenLeft.TimeOfUse));
    }

    private async Task<OpenCall> HoldUntilDeadlineAsync(RpcRow row, Target target)
    {
        foreach (double seconds in DeadlineSeconds)
        {
            try
            {
                return await Lab.HoldAsync(row, target, deadline: DateTime.UtcNow.AddSeconds(seconds));
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.DeadlineExceeded)
            {
                // It did not come so far.
            }
        }

        throw new TimeoutException($"{row.Name} is not {row.Held} after {DeadlineSeconds[^1]} s");
    }

    private async Task CheckLeftAsync(RpcRow row, OpenCall held, string before, StatusCode why)
    {
        switch (row.WhenLeft)
        {
            case WhenLeft.NothingDone:
                Assert.Equal(before, await Lab.SnapshotAsync());
                await matrix.Server.UntilHalfWrittenAsync(something: false);
                break;
            case WhenLeft.TimeOfUse:
                Assert.Equal(before, await Lab.SnapshotAsync(times: false));
                break;
            case WhenLeft.JobCancelled:
                Job job = await Lab.EndAsync(JobAnswers.JobId(held.Answers));
                Assert.Equal((JobState.Cancelled, (int)why), (job.State, job.Error.Code));
                break;
            case WhenLeft.JobGoesOn:
                uint epoch = JobAnswers.Event(held.Answers[^1]).Progress.Epoch;
                await Waiting.UntilAsync(async () => (await Lab.JobAsync(JobAnswers.JobId(held.Answers))).Progress.Epoch > epoch);
                break;
            default:
                Assert.Fail($"{row.WhenLeft} is not tested");
                break;
        }

        await Lab.EndJobsAsync();
        await Lab.SucceedAsync(row);
    }
}
