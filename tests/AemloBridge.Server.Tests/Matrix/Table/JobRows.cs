using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>The calls of jobs that have been started.</summary>
internal static class JobRows
{
    public static IReadOnlyList<RpcRow> All { get; } =
    [
        new(Rpcs.Taking<WatchJobRequest>())
        {
            About = About.OwnJob,
            Request = target => [new WatchJobRequest { JobId = target.Job }],
            Right = (_, target, answers) =>
            {
                JobAccepted accepted = JobAnswers.Event(answers[0]).Accepted;
                Assert.Equal((target.Job, true), (accepted.JobId, accepted.Joined));
                Assert.Equal(Undisturbed.Of(target.Options).Oversampled, JobAnswers.Recipe(answers));
                return Task.CompletedTask;
            },
            Bad = Refusal.Names("job_id", new WatchJobRequest()),
            Held = Held.Running,
            WhenLeft = WhenLeft.JobGoesOn,
            WhenWorkerKilled = WhenWorkerKilled.EndsUndisturbed,
            WhenRestarted = WhenRestarted.JobGoesOn,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<GetJobRequest>())
        {
            About = About.Kept,
            Request = target => [new GetJobRequest { JobId = target.Job }],
            Right = RpcRow.One<GetJobResponse>((_, target, answer) => IsKept(target, answer.Job)),
            Bad = Refusal.Names("job_id", new GetJobRequest()),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<ListJobsRequest>())
        {
            About = About.Kept,
            Request = _ => [new ListJobsRequest { PageSize = Lab.AllOnOnePage }],
            Right = RpcRow.One<ListJobsResponse>((_, target, list) => IsKept(target, Assert.Single(list.Jobs, job => job.Id == target.Job))),
            Bad = Refusal.Names("states", new ListJobsRequest { States = { JobState.Unspecified } }),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.EmptyList,
        },
        new(Rpcs.Taking<CancelJobRequest>())
        {
            About = About.EndlessJob,
            Request = target => [new CancelJobRequest { JobId = target.Job }],
            Right = RpcRow.One<CancelJobResponse>(IsCancelledAsync),
            Bad = Refusal.Names("job_id", new CancelJobRequest()),
            Held = Held.Unfinished,
            WhenLeft = WhenLeft.NothingDone,
            WhenWorkerKilled = WhenWorkerKilled.Unaffected,
            WhenRestarted = WhenRestarted.FoundAgain,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
    ];

    private static void IsKept(Target target, Job job) =>
        Assert.Equal((target.Job, JobKind.Oversample, JobState.Succeeded, target.Dataset), (job.Id, job.Kind, job.State, job.DatasetDigest));

    private static async Task IsCancelledAsync(Lab lab, Target target, CancelJobResponse answer)
    {
        Assert.Equal(target.Job, answer.Job.Id);
        Job job = await lab.EndAsync(target.Job);
        Assert.True(
            (job.State, (StatusCode?)job.Error?.Code) == (JobState.Cancelled, StatusCode.Cancelled),
            $"the job is {job.State} in attempt {job.Attempts}, {job.Error}; the server's log:\n{lab.ServerLog}");
    }
}
