using System.Diagnostics;
using System.Globalization;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Tests.Storage;

public sealed class CrashTests
{
    private const string Tenant = "tenant";
    private const string None = "-";
    private const int Kills = 12;

    [Fact]
    public async Task Open_AfterKillsAtRandomMoments_HasWhatWasAcknowledgedAndNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("aemlo-crash-").FullName;
        try
        {
            var random = new Random(20_260);
            var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int run = 0; run < Kills; run++)
            {
                (string Key, string State)? pending = null;
                foreach (string[] line in (await ChurnAsync(folder, run, random.Next(3, 40), random.Next(0, 3000))).Select(line => line.Split(' ')))
                {
                    // Acknowledged only with the second line.
                    pending = line[0] == "try" ? (line[1], line[2]) : null;
                    if (line[0] == "did")
                        acknowledged[line[1]] = line[2];
                }

                using var store = new StoreFixture(folder: folder);
                Dictionary<string, string> found = Contents(store);
                // What was under way when the end came has happened or has not.
                if (pending is { } last && found.GetValueOrDefault(last.Key, None) == last.State)
                    acknowledged[last.Key] = last.State;
                Assert.Equal(
                    acknowledged.Where(entry => entry.Value != None).OrderBy(entry => entry.Key, StringComparer.Ordinal),
                    found.OrderBy(entry => entry.Key, StringComparer.Ordinal));
                Assert.Equal(ExpectedFiles(found), store.Files);
            }

            Assert.True(acknowledged.Count > Kills, "the runs changed too little to show anything");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What a run wrote until it was killed, some microseconds after so many changes.
    private static async Task<IReadOnlyList<string>> ChurnAsync(string folder, int run, int changes, int microseconds)
    {
        using Process process = StoreProbe.Start("churn", folder, run.ToString(CultureInfo.InvariantCulture));
        var lines = new List<string>();
        while (lines.Count < 2 * changes && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            lines.Add(line);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds;)
            Thread.SpinWait(10);
        process.Kill();
        string rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.True(lines.Count >= 2 * changes, "the process ended before it was killed");

        // A line without its end says nothing.
        lines.AddRange(rest.Split('\n').SkipLast(1));
        return lines;
    }

    private static Dictionary<string, string> Contents(StoreFixture store)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DatasetRecord dataset in store.Datasets.List(Tenant, "", int.MaxValue))
            found.Add($"dataset:{dataset.Digest}", StoreFixture.Digest(File.ReadAllBytes(store.Datasets.FilePath(dataset))));
        foreach (ModelRecord model in store.Models.List(Tenant, "", int.MaxValue))
            found.Add($"model:{model.Id}", StoreFixture.Digest(File.ReadAllBytes(store.Models.FilePath(model))));
        foreach (JobRecord job in store.Jobs.List(Tenant, "", [], int.MaxValue))
            found.Add($"job:{job.Id}", $"{job.Attempts}/{(int)job.State}/{job.Error?.Message.Length ?? 0}");
        Assert.All(store.Jobs.Unfinished(), job => Assert.False(job.State is JobState.Succeeded or JobState.Failed or JobState.Cancelled));
        return found;
    }

    private static IEnumerable<string> ExpectedFiles(Dictionary<string, string> found) =>
        found.Keys.Select(key => key.Split(':') switch
        {
            ["dataset", var id] => id + ".pb",
            ["model", var id] => id + ".safetensors",
            [_, var id] => id,
            _ => key,
        }).Order(StringComparer.Ordinal);
}
