using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Workers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

/// <summary>Results of jobs count for a tenant's quota as what it uploads does.</summary>
public class ResultQuotaTests
{
    private static readonly long Stored = StoredBytes();

    [Fact]
    public async Task Submit_OfAJobWhoseRowsWillNotFitTheQuota_IsRefused()
    {
        await using JobsFixture fixture = await StartAsync(Stored + 1000, new ScriptedWorkers((_, _) => Task.CompletedTask));

        RequestException refusal = Assert.Throws<RequestException>(() => fixture.Submit(JobData.Small with { Num = 1000 }));

        Assert.Equal((StatusCode.ResourceExhausted, Reasons.QuotaExceeded), (refusal.Code, refusal.Reason));
        Assert.Empty(fixture.Jobs.Unfinished());
        Assert.NotNull(fixture.Datasets.Find(JobsFixture.Tenant, DatasetDigest.Of(JobData.Rows)));
        fixture.Submit(JobData.Small with { Num = 0 });
    }

    [Fact]
    public async Task Run_ThatMadeMoreThanTheQuotaHolds_FailsAndKeepsNothing()
    {
        var workers = new ScriptedWorkers((worker, command) =>
        {
            if (command.Run is { } run)
            {
                worker.Started(run);
                File.WriteAllBytes(Path.Combine(run.Folder, JobFiles.Recipe), new byte[2 << 20]);
                worker.Succeed(run);
            }

            return Task.CompletedTask;
        });
        await using JobsFixture fixture = await StartAsync(Stored + (1 << 20), workers);

        JobRecord job = await fixture.EndAsync(fixture.Submit());

        Assert.Equal((JobState.Failed, (int)StatusCode.ResourceExhausted), (job.State, job.Error!.Code));
        Assert.Contains("quota", job.Error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.Folder(job)));
    }

    private static Task<JobsFixture> StartAsync(long quota, ScriptedWorkers workers) => JobsFixture.StartAsync(
        options => options with { Limits = options.Limits with { TenantQuotaBytes = quota } },
        services => services.AddSingleton<IWorkerStarter>(workers));

    private static long StoredBytes()
    {
        using var stream = new MemoryStream();
        DatasetFile.Write(stream, JobData.Rows);
        return stream.Length;
    }
}
