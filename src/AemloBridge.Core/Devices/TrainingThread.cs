using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AemloBridge.Devices;

/// <summary>
/// Runs tensor work on threads of its own: libtorch's thread count, gradient mode and TorchSharp's dispose scopes all
/// belong to a thread, and work that hops between pool threads would lose them. Threads are kept and used again, since
/// each new one would bring a memory arena and a team of OpenMP threads along.
/// </summary>
internal sealed class TrainingThread
{
    private static readonly ConcurrentBag<TrainingThread> Idle = [];

    private readonly BlockingCollection<Action> _work = [];

    private TrainingThread()
    {
        var thread = new Thread(() =>
        {
            while (true)
                DoNext();
        })
        {
            IsBackground = true,
            Name = "aemlo-training",
        };
        thread.Start();
    }

    /// <summary>Not inlined, and no loop over the collection: a thread that waits must hold on to nothing of the work it did last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DoNext() => _work.Take()();

    /// <summary>Loads libtorch if need be, runs the work and returns its result; exceptions come through as they were.</summary>
    /// <param name="threads">CPU threads asked for; 0 for this machine's default.</param>
    /// <param name="work">Gets the CPU threads really used.</param>
    public static T Run<T>(int threads, Func<int, T> work)
    {
        TorchRuntime.Initialize(threads);
        TrainingThread worker = Idle.TryTake(out TrainingThread? idle) ? idle : new TrainingThread();
        var result = new TaskCompletionSource<T>();
        worker._work.Add(() =>
        {
            try
            {
                TorchRuntime.ApplyThreads(threads);
                result.SetResult(work(threads == 0 ? TorchRuntime.DefaultThreads : threads));
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        try
        {
            result.Task.Wait();
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
        }
        finally
        {
            Idle.Add(worker);
        }

        return result.Task.Result;
    }
}
