using System.Runtime.ExceptionServices;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>Steps that are done by a few threads; a step may add steps, which come before those that wait.</summary>
internal sealed class WorkQueue
{
    private readonly object _lock = new();
    private readonly LinkedList<Action> _steps = [];
    private ExceptionDispatchInfo? _fatal;
    private int _running;

    /// <summary>Adds steps after those that wait.</summary>
    public void AddLast(IEnumerable<Action> steps)
    {
        lock (_lock)
        {
            foreach (Action step in steps)
                _steps.AddLast(step);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Adds steps before those that wait, in their order.</summary>
    public void AddFirst(IEnumerable<Action> steps)
    {
        lock (_lock)
        {
            foreach (Action step in steps.Reverse())
                _steps.AddFirst(step);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Does every step; with one thread on the caller's own. What a step throws ends everything.</summary>
    /// <param name="threads">How many steps at once.</param>
    /// <param name="stopping">Told that a step has thrown, before those that run are waited for.</param>
    public void Run(int threads, Action stopping)
    {
        if (threads == 1)
        {
            Work(stopping);
        }
        else
        {
            Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(stopping)))];
            foreach (Thread thread in all)
                thread.Start();
            foreach (Thread thread in all)
                thread.Join();
        }

        _fatal?.Throw();
    }

    private void Work(Action stopping)
    {
        while (Take() is { } step)
        {
            try
            {
                step();
            }
            catch (Exception exception)
            {
                lock (_lock)
                    _fatal ??= ExceptionDispatchInfo.Capture(exception);
                stopping();
            }

            lock (_lock)
            {
                _running--;
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>The next step; null when there is none and none can come any more.</summary>
    private Action? Take()
    {
        lock (_lock)
        {
            while (_fatal is null && _steps.Count == 0 && _running > 0)
                Monitor.Wait(_lock);
            if (_fatal is not null || _steps.First is not { } first)
                return null;
            _steps.RemoveFirst();
            _running++;
            return first.Value;
        }
    }
}
