using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using AemloBridge.Server.Tests.Matrix.Table;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix;

/// <summary>Server restarted, after <c>kill -9</c>.</summary>
public sealed class ServerRestartedTests(RestartedServer restarted) : IClassFixture<RestartedServer>
{
    public static TheoryData<string> Calls => RpcTable.Names();

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_InFlight_EndsWithUnavailable(string call)
    {
        WorkerChild.RequireProc();

        Assert.Equal(StatusCode.Unavailable, restarted.Of(RpcTable.Get(call)).Status);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AfterTheRestart_FindsWhatWasThere(string call)
    {
        WorkerChild.RequireProc();
        RpcRow row = RpcTable.Get(call);
        BrokenCall before = restarted.Of(row);

        IReadOnlyList<IMessage> answers = await restarted.AgainAsync(row);

        await row.Right(restarted.Lab, before.Target, answers);
        switch (row.WhenRestarted)
        {
            case WhenRestarted.NothingOfTheUpload:
                await restarted.Server.UntilHalfWrittenAsync(something: false);
                break;
            case WhenRestarted.JobGoesOn:
                Assert.Equal((JobAnswers.JobId(before.Answers), true), (JobAnswers.JobId(answers), JobAnswers.Event(answers[0]).Accepted.Joined));
                Assert.Equal(JobState.Succeeded, (await restarted.Lab.JobAsync(JobAnswers.JobId(answers))).State);
                break;
            case WhenRestarted.FoundAgain:
            case WhenRestarted.KeepsNothing:
                // That the answer is right is all.
                break;
            default:
                Assert.Fail($"{row.WhenRestarted} is not tested");
                break;
        }
    }
}
