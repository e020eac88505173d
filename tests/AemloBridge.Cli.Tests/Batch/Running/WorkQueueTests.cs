using AemloBridge.Cli.Batch.Running;

namespace AemloBridge.Cli.Tests.Batch.Running;

public class WorkQueueTests
{
    [Fact]
    public void Run_OneThread_DoesAddedStepsBeforeThoseThatWait()
    {
        var queue = new WorkQueue();
        var order = new List<string>();
        queue.AddLast([() => Begin("a"), () => Begin("b")]);

        queue.Run(1, () => { });

        Assert.Equal(["a", "a1", "a2", "b", "b1", "b2"], order);

        void Begin(string name)
        {
            order.Add(name);
            queue.AddFirst([() => order.Add(name + "1"), () => order.Add(name + "2")]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_StepThatThrows_EndsEverythingAndThrowsTheSame(int threads)
    {
        var queue = new WorkQueue();
        int done = 0, stopped = 0;
        queue.AddLast([() => throw new NotSupportedException(), .. Enumerable.Repeat<Action>(() => Interlocked.Increment(ref done), 1000)]);

        Assert.Throws<NotSupportedException>(() => queue.Run(threads, () => Interlocked.Increment(ref stopped)));

        Assert.Equal(1, stopped);
        Assert.True(threads > 1 || done == 0);
    }

    [Fact]
    public void Run_ManyThreads_DoesEveryStepOnceAndNoMoreAtOnce()
    {
        const int Threads = 3;
        var queue = new WorkQueue();
        int running = 0, most = 0, done = 0;
        queue.AddLast(Enumerable.Range(0, 20).Select<int, Action>(_ => () =>
        {
            Step();
            queue.AddFirst(Enumerable.Repeat<Action>(Step, 5));
        }));

        queue.Run(Threads, () => { });

        Assert.Equal(120, done);
        Assert.InRange(most, 1, Threads);

        void Step()
        {
            int now = Interlocked.Increment(ref running);
            int seen;
            while ((seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
                continue;
            Thread.Yield();
            Interlocked.Increment(ref done);
            Interlocked.Decrement(ref running);
        }
    }
}
