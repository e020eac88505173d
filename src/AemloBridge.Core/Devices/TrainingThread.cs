using System.Runtime.ExceptionServices;

namespace AemloBridge.Devices;

/// <summary>
/// Runs tensor work on a thread of its own: libtorch's thread count, gradient mode and TorchSharp's dispose scopes all
/// belong to a thread, and work that hops between pool threads would lose them.
/// </summary>
internal static class TrainingThread
{
    /// <summary>Loads libtorch if need be, runs the work and returns its result; exceptions come through as they were.</summary>
    /// <param name="threads">CPU threads asked for; 0 for this machine's default.</param>
    /// <param name="work">Gets the CPU threads really used.</param>
    public static T Run<T>(int threads, Func<int, T> work)
    {
        TorchRuntime.Initialize(threads);
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                TorchRuntime.ApplyThreads(threads);
                result = work(threads == 0 ? TorchRuntime.DefaultThreads : threads);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "aemlo-training",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
