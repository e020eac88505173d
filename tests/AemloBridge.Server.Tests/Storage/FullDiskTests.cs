using System.Diagnostics;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Storage;

public sealed class FullDiskTests
{
    private const int DiskBytes = 4 << 20;

    [Fact]
    public async Task Upload_BeyondWhatTheSystemAllows_IsRefusedAndLeavesNothing()
    {
        if (OperatingSystem.IsWindows())
            return;
        string folder = Directory.CreateTempSubdirectory("aemlo-limit-").FullName;
        try
        {
            using Process process = StoreProbe.StartWithFileLimit(1024, "fill", folder, "300000");
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                ["stored 300000", "stored 600000", "stored 900000", "refused 1200000 DISK_FULL", "stored 1"],
                output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            using var store = new StoreFixture(folder: folder);
            Assert.Equal([1, 300_000, 600_000, 900_000], store.Datasets.List("a", "", 10).Select(dataset => dataset.Bytes).Order());
            Assert.Equal(4, store.Files.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Store_OnAFullDisk_RefusesWritesStaysReadableAndRecovers()
    {
        string folder = Directory.CreateTempSubdirectory("aemlo-full-").FullName;
        try
        {
            if (OperatingSystem.IsWindows() || !Undeletable.Mount(folder, "4m"))
            {
                // Only the administrator of a Linux can have a small disk; anybody can have a limit.
                await Upload_BeyondWhatTheSystemAllows_IsRefusedAndLeavesNothing();
                return;
            }

            try
            {
                FillAndRecover(folder);
            }
            finally
            {
                Undeletable.Unmount(folder);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void FillAndRecover(string folder)
    {
        using var store = new StoreFixture(folder: folder);
        DatasetRecord first = store.StoreDataset(1, 100_000);
        JobRecord job = store.CreateJob(store.Job("j1", dataset: first.Digest));
        int fileCount = store.Files.Count;

        // Many large pieces in one upload: refused within the disk's size, nothing of it stays.
        using (IModelUpload upload = store.Models.Begin("a"))
        {
            RequestException refused = Assert.Throws<RequestException>(() =>
            {
                for (int written = 0; written < DiskBytes; written += 50_000)
                    upload.Content.Write(new byte[50_000]);
            });
            Assert.Equal((StatusCode.ResourceExhausted, Reasons.DiskFull), (refused.Code, refused.Reason));
            Assert.Throws<InvalidOperationException>(() => upload.Flush());
        }

        Assert.Equal(fileCount, store.Files.Count);

        // Now until nothing at all goes any more, the database's own space included.
        string ballast = Path.Combine(folder, "ballast");
        Fill(ballast);
        var refusals = new List<RequestException>();
        for (int number = 0; number < 1000 && refusals.Count < 3; number++)
        {
            try
            {
                store.Jobs.TryCreate(store.Job($"more-{number}") with { ModelName = new string('x', 20_000) }, out _);
            }
            catch (RequestException refused)
            {
                refusals.Add(refused);
            }
        }

        Assert.Equal(3, refusals.Count);
        Assert.All(refusals, refused => Assert.Equal(Reasons.DiskFull, refused.Reason));
        Assert.Equal(Reasons.DiskFull, Assert.Throws<RequestException>(() => store.StoreDataset(2, 100_000)).Reason);

        // Readable: a look-up, lists, the file; and notes of last use do not get in the way.
        store.Time.Advance(TimeSpan.FromHours(1));
        DatasetRecord found = store.Datasets.Find("a", first.Digest)!;
        Assert.Equal(StoreFixture.Content(1, 100_000), File.ReadAllBytes(store.Datasets.FilePath(found)));
        Assert.Equal(first.Digest, Assert.Single(store.Datasets.List("a", "", 10)).Digest);
        Assert.Equal("j1", store.Jobs.Get("a", "j1")!.Id);
        Assert.Contains(store.Jobs.Unfinished(), unfinished => unfinished.Id == "j1");
        int jobs = store.Jobs.List("a", "", [], 2000).Count;
        Assert.Equal(jobs, store.Files.Count(name => name == "j1" || name.StartsWith("more-", StringComparison.Ordinal)));

        // Jobs can be ended and things deleted all the same: it is the way out.
        store.End(job);
        Assert.True(store.Datasets.Delete("a", first.Digest));
        DatasetRecord second = store.StoreDataset(2, 50_000);

        // With space again everything goes on, after a new start too.
        File.Delete(ballast);
        store.Storage.Sweep();
        store.Reopen();
        Assert.True(File.Exists(Path.Combine(folder, "reserve")));
        Assert.Equal(second.Digest, Assert.Single(store.Datasets.List("a", "", 10)).Digest);
        Assert.Equal(jobs, store.Jobs.List("a", "", [], 2000).Count);
        Assert.Equal(50_000, store.Storage.Ledger.Stored("a"));
        Assert.Equal(0, store.Storage.Ledger.Reserved("a"));
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (int written = 0; written < 2 * DiskBytes; written += 1024)
                file.Write(new byte[1024]);
            Assert.Fail("the disk did not fill up");
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
