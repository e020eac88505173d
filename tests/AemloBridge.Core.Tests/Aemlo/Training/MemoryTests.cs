using System.Diagnostics;
using System.Runtime.InteropServices;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Training;

[Collection(TorchCollection.Name)]
public partial class MemoryTests
{
    [Fact]
    public void Run_FiftyTimes_LeavesNoTensorAndNoMemoryBehind()
    {
        MultiLabelDataset data = TestData.Numeric(rows: 300, features: 60, labels: 6, rare: 12);
        long tensors = 0, resident = 0;
        for (int run = 1; run <= 50; run++)
        {
            foreach (string preset in AemloPresets.Names)
                AemloOversampler.Run(data, OversamplerTests.Small(AemloPresets.Get(preset)) with { Epochs = 2, Latent = 64, Hidden = 64, Num = 20 }, null, TestContext.Current.CancellationToken);
            if (run == 5)
                (tensors, resident) = (TensorCount.Settled(), Resident());
        }

        Assert.Equal(tensors, TensorCount.Now);
        long after = Resident();
        Assert.True(after <= resident * 1.05, $"resident memory grew from {resident:N0} to {after:N0} bytes");
    }

    [Fact]
    public void Run_CancelledOrDiverging_LeavesNoTensorBehind()
    {
        MultiLabelDataset data = TestData.Numeric();
        AemloOptions options = OversamplerTests.Small(AemloPresets.Paper);
        AemloOversampler.Run(data, options with { Num = 3 }, null, TestContext.Current.CancellationToken);
        long tensors = TensorCount.Settled();
        Assert.ThrowsAny<OperationCanceledException>(() => AemloOversampler.Run(data, options, null, new CancellationToken(canceled: true)));
        Assert.Throws<AemloTrainingException>(() => AemloOversampler.Run(data, options with { Alpha = 1e25 }, null, TestContext.Current.CancellationToken));
        Assert.Equal(tensors, TensorCount.Now);
    }

    /// <summary>
    /// Resident bytes after everything that can go has gone, from the managed heap and from the C library's, which keeps
    /// freed pages for later and varies by some per cent with it; what is measured is what a training kept.
    /// </summary>
    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
            _ = TrimHeap(0);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}
