namespace AemloBridge.Server.Jobs.Queue;

/// <summary>The jobs that wait for a device, in the order in which they are to be run. Safe to call from any thread.</summary>
internal interface IJobQueue
{
    /// <summary>How many wait.</summary>
    int Count { get; }

    /// <summary>How many of a tenant's wait.</summary>
    int CountOf(string tenant);

    /// <summary>Adds a job behind those of its tenant.</summary>
    void Enqueue(ActiveJob job);

    /// <summary>Puts a job back that was taken out and not finished: it is the next one.</summary>
    void Requeue(ActiveJob job);

    /// <summary>Takes a job out wherever it stands; false when it does not wait here.</summary>
    bool Remove(ActiveJob job);

    /// <summary>Takes out the first job that suits.</summary>
    /// <param name="suits">Whether a device can run it.</param>
    /// <returns>Null when none does.</returns>
    ActiveJob? TryDequeue(Func<ActiveJob, bool> suits);

    /// <summary>The jobs in the order in which they would be taken out.</summary>
    IReadOnlyList<ActiveJob> InOrder();
}
