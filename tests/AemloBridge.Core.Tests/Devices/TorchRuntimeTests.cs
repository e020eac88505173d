using AemloBridge.Devices;
using TorchSharp;

namespace AemloBridge.Tests.Devices;

public class TorchRuntimeTests
{
    [Fact]
    public void ApplyThreads_OnTwoThreads_HoldsForEachAlone()
    {
        using var bothSet = new Barrier(2);
        int[] seen = new int[2];
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            try
            {
                TorchRuntime.ApplyThreads(i + 1);
                bothSet.SignalAndWait();
                using torch.Tensor sum = torch.ones(64, 64).sum();
                seen[i] = torch.get_num_threads();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }))];

        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Null(failure);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void Initialize_Zero_TakesOneThreadPerProcessor()
    {
        int seen = 0;
        var thread = new Thread(() =>
        {
            TorchRuntime.Initialize(1);
            TorchRuntime.Initialize(0);
            seen = TorchRuntime.Describe().Threads;
        });
        thread.Start();
        thread.Join();

        Assert.Equal(Environment.ProcessorCount, seen);
    }

    [Fact]
    public void Initialize_NegativeThreads_Refuses()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Initialize(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.ApplyThreads(-1));
    }

    [Fact]
    public void Describe_BundledLibtorch_NamesBothVersionsAndTheFolder()
    {
        LibtorchInfo info = TorchRuntime.Describe();

        Assert.True(TorchRuntime.IsLoaded);
        Assert.Equal("0.107.0", info.TorchSharpVersion);
        Assert.StartsWith("2.10", info.Version, StringComparison.Ordinal);
        Assert.True(Directory.Exists(info.Path));
    }
}
