using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using CsCheck;

namespace AemloBridge.Server.Tests.Storage;

/// <summary>The job store against a plain dictionary.</summary>
public sealed class JobStoreModelTests
{
    private static readonly string[] Tenants = ["a", "b"];
    private static readonly JobState[] States = [JobState.Queued, JobState.Running, JobState.Succeeded, JobState.Failed, JobState.Cancelled];

    private enum Kind
    {
        Create,
        Update,
        Pass,
        Reopen,
    }

    [Fact]
    public void Store_AfterAnyChanges_AnswersAsADictionaryWould()
    {
        Gen<Change> change = Gen.Select(
            Gen.Frequency((5, Gen.Const(Kind.Create)), (6, Gen.Const(Kind.Update)), (2, Gen.Const(Kind.Pass)), (1, Gen.Const(Kind.Reopen))),
            Gen.Int[0, 1],
            Gen.Int[0, 9],
            Gen.Int[0, 4],
            Gen.Int[0, 4],
            (kind, tenant, id, request, state) => new Change(kind, Tenants[tenant], $"j{id}", request == 0 ? "" : $"r{request}", States[state]));
        change.Array[1, 30].Sample(Replay, iter: 25, threads: 1);
    }

    private static void Replay(Change[] changes)
    {
        using var store = new StoreFixture();
        var model = new Dictionary<(string Tenant, string Id), JobRecord>();
        foreach (Change change in changes)
        {
            Apply(change, store, model);
            Compare(store, model);
        }
    }

    private static void Apply(Change change, StoreFixture store, Dictionary<(string Tenant, string Id), JobRecord> model)
    {
        switch (change.Kind)
        {
            case Kind.Create:
                JobRecord job = store.Job(change.Id, change.Tenant, change.Request);
                JobRecord? same = model.Values.FirstOrDefault(known => known.Tenant == job.Tenant && known.RequestId == job.RequestId && job.RequestId.Length > 0);
                if (same is null && model.ContainsKey((job.Tenant, job.Id)))
                {
                    Assert.Throws<InvalidOperationException>(() => store.Jobs.TryCreate(job, out _));
                    break;
                }

                Assert.Equal(same is null, store.Jobs.TryCreate(job, out JobRecord? existing));
                Assert.Equal(same?.Id, existing?.Id);
                if (same is null)
                    model.Add((job.Tenant, job.Id), job);
                break;
            case Kind.Update:
                if (!model.TryGetValue((change.Tenant, change.Id), out JobRecord? before))
                {
                    Assert.Throws<InvalidOperationException>(() => store.Jobs.Update(store.Job(change.Id, change.Tenant)));
                    break;
                }

                JobRecord after = before with { State = change.State, Attempts = before.Attempts + 1 };
                store.Jobs.Update(after);
                model[(change.Tenant, change.Id)] = after;
                break;
            case Kind.Pass:
                store.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            default:
                store.Reopen();
                break;
        }
    }

    private static void Compare(StoreFixture store, Dictionary<(string Tenant, string Id), JobRecord> model)
    {
        foreach (string tenant in Tenants)
        {
            JobRecord[] newestFirst = [.. model.Values.Where(job => job.Tenant == tenant).OrderByDescending(job => job.Created).ThenByDescending(job => job.Id, StringComparer.Ordinal)];
            Assert.Equal(newestFirst.Select(Facts), store.Jobs.List(tenant, "", [], 100).Select(Facts));
            Assert.Equal(
                newestFirst.Where(job => job.State == JobState.Running).Select(Facts), store.Jobs.List(tenant, "", [JobState.Running], 100).Select(Facts));
            if (newestFirst.Length > 1)
                Assert.Equal(newestFirst[1..].Take(2).Select(Facts), store.Jobs.List(tenant, newestFirst[0].Id, [], 2).Select(Facts));
            foreach (JobRecord job in newestFirst)
            {
                Assert.Equal(Facts(job), Facts(store.Jobs.Get(tenant, job.Id)!));
                Assert.Equal(job.RequestId.Length > 0 ? job.Id : null, store.Jobs.FindByRequest(tenant, job.RequestId)?.Id);
                Assert.True(Directory.Exists(store.Jobs.Folder(job)));
            }
        }

        Assert.Equal(
            model.Values.Where(job => !job.HasEnded).OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal).ThenBy(job => job.Tenant, StringComparer.Ordinal).Select(Facts),
            store.Jobs.Unfinished().Select(Facts));
    }

    private static (string Tenant, string Id, string Request, JobState State, int Attempts, DateTimeOffset Created) Facts(JobRecord job) =>
        (job.Tenant, job.Id, job.RequestId, job.State, job.Attempts, job.Created);

    private sealed record Change(Kind Kind, string Tenant, string Id, string Request, JobState State);
}
