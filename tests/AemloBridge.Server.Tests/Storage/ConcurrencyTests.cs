using System.Collections.Concurrent;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Tests.Storage;

public sealed class ConcurrencyTests
{
    private const int Quota = 200_000;
    private const int Threads = 8;
    private const int Changes = 60;

    [Fact]
    public void Store_ChangedByManyThreads_KeepsItsQuotaAndWhatJobsNeed()
    {
        using var store = new StoreFixture(new Limits { TenantQuotaBytes = Quota, KeepDatasets = TimeSpan.FromMinutes(5), KeepJobs = TimeSpan.FromMinutes(5) });
        var refusals = new ConcurrentBag<string>();
        var errors = new ConcurrentBag<Exception>();
        long largest = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(number);
            try
            {
                for (int change = 0; change < Changes; change++)
                {
                    try
                    {
                        Change(store, random, $"{number}-{change}");
                    }
                    catch (RequestException refused)
                    {
                        refusals.Add(refused.Reason);
                    }

                    InterlockedMax(ref largest, store.Datasets.List("a", "", 1000).Sum(dataset => dataset.Bytes));
                }
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Empty(errors);
        Assert.InRange(largest, Quota / 2, Quota);
        Assert.All(refusals.Distinct(), reason => Assert.Contains(reason, new[] { Reasons.QuotaExceeded, Reasons.InUse, Reasons.NotFound }));
        CheckThatRecordsAndFilesAgree(store);
        store.Reopen();
        CheckThatRecordsAndFilesAgree(store);
    }

    private static void Change(StoreFixture store, Random random, string name)
    {
        // Few enough seeds that threads meet in the same data sets, too many bytes for the quota.
        int seed = random.Next(12);
        int length = 10_000 + (seed * 3_000);
        switch (random.Next(6))
        {
            case 0 or 1:
                store.StoreDataset(seed, length);
                break;
            case 2:
                using (IModelUpload upload = store.Models.Begin("a"))
                    upload.Content.Write(new byte[random.Next(50_000)]);
                break;
            case 3:
                string digest = StoreFixture.Digest(StoreFixture.Content(seed, length));
                store.Datasets.Delete("a", digest);
                break;
            case 4:
                store.Time.Advance(TimeSpan.FromSeconds(random.Next(20)));
                store.Storage.Sweep();
                break;
            default:
                RunJob(store, store.StoreDataset(seed, length), seed, "j" + name);
                break;
        }
    }

    // From its acceptance to its end a job can open its data set, whatever the other threads do.
    private static void RunJob(StoreFixture store, DatasetRecord dataset, int seed, string id)
    {
        JobRecord job = store.CreateJob(store.Job(id, dataset: dataset.Digest));
        for (int look = 0; look < 5; look++)
        {
            Assert.Equal(StoreFixture.Content(seed, (int)dataset.Bytes), File.ReadAllBytes(store.Datasets.FilePath(dataset)));
            Thread.Yield();
        }

        Assert.Equal(Reasons.InUse, Assert.Throws<RequestException>(() => store.Datasets.Delete("a", dataset.Digest)).Reason);
        store.End(job);
    }

    private static void CheckThatRecordsAndFilesAgree(StoreFixture store)
    {
        IReadOnlyList<DatasetRecord> datasets = store.Datasets.List("a", "", 1000);
        IReadOnlyList<JobRecord> jobs = store.Jobs.List("a", "", [], 1000);
        Assert.Equal(
            datasets.Select(dataset => dataset.Digest + ".pb").Concat(jobs.Select(job => job.Id)).Order(StringComparer.Ordinal),
            store.Files);
        Assert.All(datasets, dataset => Assert.Equal(dataset.Digest, StoreFixture.Digest(File.ReadAllBytes(store.Datasets.FilePath(dataset)))));
        Assert.Equal(datasets.Sum(dataset => dataset.Bytes), store.Storage.Ledger.Stored("a"));
        Assert.Equal(0, store.Storage.Ledger.Reserved("a"));
        Assert.All(jobs, job => Assert.Equal(JobState.Succeeded, job.State));
    }

    private static void InterlockedMax(ref long largest, long value)
    {
        for (long seen = Interlocked.Read(ref largest); value > seen; seen = Interlocked.Read(ref largest))
            Interlocked.CompareExchange(ref largest, value, seen);
    }
}
