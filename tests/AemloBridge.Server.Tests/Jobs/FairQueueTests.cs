using AemloBridge.Protocol.V1;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Jobs.Queue;
using AemloBridge.Server.Storage;
using CsCheck;

namespace AemloBridge.Server.Tests.Jobs;

public class FairQueueTests
{
    [Fact]
    public void TryDequeue_OneTenantWithManyJobs_LetsTheOthersInBetween()
    {
        var queue = new FairQueue();
        foreach (string name in new[] { "a1", "a2", "a3", "a4", "b1", "c1", "b2" })
            queue.Enqueue(Job(name));
        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3", "a4"], Drain(queue));
    }

    [Fact]
    public void Requeue_AJobThatWasTaken_IsTheNextOne()
    {
        var queue = new FairQueue();
        foreach (string name in new[] { "a1", "a2", "b1", "b2" })
            queue.Enqueue(Job(name));
        Assert.Equal("a1", queue.TryDequeue(_ => true)!.Record.Id);
        ActiveJob taken = queue.TryDequeue(_ => true)!;
        Assert.Equal("b1", taken.Record.Id);
        queue.Requeue(taken);
        Assert.Equal(["b1", "a2", "b2"], Drain(queue));
    }

    [Fact]
    public void TryDequeue_NothingThatSuits_LeavesTheOrderAlone()
    {
        var queue = new FairQueue();
        foreach (string name in new[] { "a1", "b1", "a2" })
            queue.Enqueue(Job(name));
        Assert.Null(queue.TryDequeue(_ => false));
        Assert.Equal("a2", queue.TryDequeue(job => job.Record.Id == "a2")!.Record.Id);
        Assert.Equal(["b1", "a1"], Drain(queue));
    }

    [Fact]
    public void Remove_AJobThatWaits_TakesItOutOnce()
    {
        var queue = new FairQueue();
        ActiveJob job = Job("a1");
        queue.Enqueue(job);
        queue.Enqueue(Job("a2"));
        Assert.True(queue.Remove(job));
        Assert.False(queue.Remove(job));
        Assert.Equal((1, 1, 0), (queue.Count, queue.CountOf("a"), queue.CountOf("b")));
    }

    /// <summary>Against a list of lists worked off by hand, for any sequence of calls.</summary>
    [Fact]
    public void AnySequenceOfCalls_AgreesWithALiteralRoundRobin() => Gen.Int[0, 19].Array[1, 60].Sample(steps =>
    {
        var queue = new FairQueue();
        var model = new List<(string Tenant, List<string> Jobs)>();
        int number = 0;
        foreach (int step in steps)
        {
            if (step < 12)
            {
                string tenant = ((char)('a' + step % 4)).ToString();
                string name = FormattableString.Invariant($"{tenant}{number++}");
                queue.Enqueue(Job(name));
                int line = model.FindIndex(line => line.Tenant == tenant);
                if (line < 0)
                    model.Add((tenant, [name]));
                else
                    model[line].Jobs.Add(name);
            }
            else
            {
                string? expected = null;
                if (model.Count > 0)
                {
                    (string tenant, List<string> jobs) = model[0];
                    expected = jobs[0];
                    model.RemoveAt(0);
                    if (jobs.Count > 1)
                        model.Add((tenant, jobs[1..]));
                }

                Assert.Equal(expected, queue.TryDequeue(_ => true)?.Record.Id);
            }
        }

        Assert.Equal(model.Sum(line => line.Jobs.Count), queue.Count);
        string[] foretold = [.. queue.InOrder().Select(job => job.Record.Id)];
        Assert.Equal(foretold, Drain(queue));
    });

    private static ActiveJob Job(string name) => new(new JobRecord
    {
        Tenant = name[..1],
        Id = name,
        Kind = JobKind.Oversample,
        Options = new Dictionary<string, string>(),
        Created = DateTimeOffset.UnixEpoch,
    });

    private static string[] Drain(FairQueue queue)
    {
        var names = new List<string>();
        while (queue.TryDequeue(_ => true) is { } job)
            names.Add(job.Record.Id);
        return [.. names];
    }
}
