namespace AemloBridge.Server.Jobs.Queue;

/// <summary>One after the other, tenant by tenant: each tenant's next job in turn, so that nobody waits behind all of another's.</summary>
internal sealed class FairQueue : IJobQueue
{
    private readonly Lock _gate = new();

    /// <summary>Tenants with waiting jobs, the one whose turn it is first.</summary>
    private readonly LinkedList<Line> _turns = new();

    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    public int CountOf(string tenant)
    {
        lock (_gate)
            return Find(tenant)?.Value.Jobs.Count ?? 0;
    }

    public void Enqueue(ActiveJob job)
    {
        lock (_gate)
        {
            LinkedListNode<Line> line = Find(job.Record.Tenant) ?? _turns.AddLast(new Line(job.Record.Tenant));
            line.Value.Jobs.AddLast(job);
            _count++;
        }
    }

    public void Requeue(ActiveJob job)
    {
        lock (_gate)
        {
            LinkedListNode<Line> line = Find(job.Record.Tenant) ?? new LinkedListNode<Line>(new Line(job.Record.Tenant));
            if (line.List is not null)
                _turns.Remove(line);
            _turns.AddFirst(line);
            line.Value.Jobs.AddFirst(job);
            _count++;
        }
    }

    public bool Remove(ActiveJob job)
    {
        lock (_gate)
        {
            if (Find(job.Record.Tenant) is not { } line || !line.Value.Jobs.Remove(job))
                return false;
            if (line.Value.Jobs.Count == 0)
                _turns.Remove(line);
            _count--;
            return true;
        }
    }

    public ActiveJob? TryDequeue(Func<ActiveJob, bool> suits)
    {
        lock (_gate)
        {
            for (LinkedListNode<Line>? line = _turns.First; line is not null; line = line.Next)
            {
                for (LinkedListNode<ActiveJob>? job = line.Value.Jobs.First; job is not null; job = job.Next)
                {
                    if (!suits(job.Value))
                        continue;
                    line.Value.Jobs.Remove(job);
                    _turns.Remove(line);
                    if (line.Value.Jobs.Count > 0)
                        _turns.AddLast(line);
                    _count--;
                    return job.Value;
                }
            }

            return null;
        }
    }

    public IReadOnlyList<ActiveJob> InOrder()
    {
        lock (_gate)
        {
            var order = new List<ActiveJob>(_count);
            LinkedListNode<ActiveJob>?[] next = [.. _turns.Select(line => line.Jobs.First)];
            while (order.Count < _count)
            {
                for (int line = 0; line < next.Length; line++)
                {
                    if (next[line] is not { } job)
                        continue;
                    order.Add(job.Value);
                    next[line] = job.Next;
                }
            }

            return order;
        }
    }

    private LinkedListNode<Line>? Find(string tenant)
    {
        for (LinkedListNode<Line>? line = _turns.First; line is not null; line = line.Next)
        {
            if (line.Value.Tenant == tenant)
                return line;
        }

        return null;
    }

    /// <summary>A tenant's waiting jobs, oldest first; never empty within the queue.</summary>
    private sealed record Line(string Tenant)
    {
        public LinkedList<ActiveJob> Jobs { get; } = new();
    }
}
