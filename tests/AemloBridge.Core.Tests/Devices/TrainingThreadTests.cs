using System.Runtime.CompilerServices;
using AemloBridge.Devices;

namespace AemloBridge.Tests.Devices;

[Collection(TorchCollection.Name)]
public class TrainingThreadTests
{
    [Fact]
    public void Run_WorkThatIsDone_IsNotHeldByTheThreadThatWaits()
    {
        WeakReference worked = RunWith(new byte[1 << 20]);
        // The thread lets go of the work only after it has handed over the result.
        SpinWait.SpinUntil(() =>
        {
            GC.Collect();
            return !worked.IsAlive;
        }, TimeSpan.FromSeconds(30));
        Assert.False(worked.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunWith(byte[] data)
    {
        Assert.Equal(data.Length, TrainingThread.Run(1, _ => data.Length));
        return new WeakReference(data);
    }
}
