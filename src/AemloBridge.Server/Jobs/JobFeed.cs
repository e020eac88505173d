using System.Runtime.CompilerServices;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Jobs;

/// <summary>
/// What happens to a job, for any number of watchers. Nothing is buffered for a watcher: each looks at the same short
/// list of milestones, and at the newest position and progress, whenever it has time.
/// </summary>
internal sealed class JobFeed
{
    private readonly Lock _gate = new();
    private readonly List<(long Order, JobEvent Event)> _milestones = [];
    private (long Order, JobEvent Event)? _position;
    private (long Order, EpochProgress Progress)? _progress;
    private readonly TaskCompletionSource _whenEnded = NewSignal();
    private TaskCompletionSource _changed = NewSignal();
    private int? _waits;
    private long _order;
    private bool _ended;
    private Exception? _error;

    /// <summary>Completes with the job's end.</summary>
    public Task Ended => _whenEnded.Task;

    /// <summary>The newest progress, if any.</summary>
    public EpochProgress? Progress
    {
        get
        {
            lock (_gate)
                return _progress?.Progress;
        }
    }

    /// <summary>The job waits, for the first time or again.</summary>
    public void Queued(int position) => Change(() =>
    {
        _position = null;
        _waits = position;
        _milestones.Add((++_order, new JobEvent { Queued = new JobQueued { Position = (uint)position } }));
    });

    /// <summary>Jobs ahead of it have gone; a slow reader may miss it. Says nothing of a job that waits no more.</summary>
    public void Moved(int position)
    {
        lock (_gate)
        {
            if (_waits is null || _waits == position)
                return;
        }

        Change(() =>
        {
            if (_waits is null)
                return;
            _waits = position;
            _position = (++_order, new JobEvent { Queued = new JobQueued { Position = (uint)position } });
        });
    }

    /// <summary>A worker has taken the job.</summary>
    public void Started(JobStarted started) => Change(() =>
    {
        (_position, _waits) = (null, null);
        _milestones.Add((++_order, new JobEvent { Started = started }));
    });

    /// <summary>An epoch is done; a slow reader may miss it.</summary>
    public void Report(EpochProgress progress) => Change(() => _progress = (++_order, progress));

    /// <summary>The job has ended: every watcher gets what it has not seen yet, then the end, or <paramref name="error"/>.</summary>
    public void End(Exception? error = null)
    {
        Change(() => (_ended, _error) = (true, error));
        _whenEnded.TrySetResult();
    }

    /// <summary>Events from now on, the newest of each kind first; ends with the job.</summary>
    public async IAsyncEnumerable<JobEvent> Watch(uint afterEpoch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long seen = 0;
        uint epoch = afterEpoch;
        bool first = true;
        while (true)
        {
            List<(long Order, JobEvent Event)> unseen;
            Task changed;
            bool ended;
            Exception? error;
            lock (_gate)
            {
                unseen = Unseen(seen, epoch, first);
                seen = _order;
                (changed, ended, error) = (_changed.Task, _ended, _error);
            }

            first = false;
            foreach ((_, JobEvent happened) in unseen)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (happened.Progress is { } progress)
                    epoch = progress.Epoch;
                yield return happened;
            }

            if (ended)
            {
                if (error is not null)
                    throw error;
                yield break;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private List<(long Order, JobEvent Event)> Unseen(long seen, uint epoch, bool first)
    {
        var unseen = new List<(long Order, JobEvent Event)>();
        if (first)
        {
            AddNewest(JobEvent.EventOneofCase.Queued);
            AddNewest(JobEvent.EventOneofCase.Started);
        }
        else
        {
            unseen.AddRange(_milestones.SkipWhile(milestone => milestone.Order <= seen));
        }

        if (_position is { } position && position.Order > seen)
        {
            // The newest position is all that a newcomer wants to know of the queue.
            if (first)
                unseen.RemoveAll(milestone => milestone.Event.Queued is not null);
            unseen.Add(position);
        }

        if (_progress is { } progress && progress.Order > seen && progress.Progress.Epoch > epoch)
            unseen.Add((progress.Order, new JobEvent { Progress = progress.Progress }));
        unseen.Sort((one, other) => one.Order.CompareTo(other.Order));
        return unseen;

        void AddNewest(JobEvent.EventOneofCase kind)
        {
            int newest = _milestones.FindLastIndex(milestone => milestone.Event.EventCase == kind);
            if (newest >= 0)
                unseen.Add(_milestones[newest]);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            if (_ended)
                return;
            change();
            signal = _changed;
            _changed = NewSignal();
        }

        signal.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
