namespace AemloBridge.Server.Workers;

/// <summary>How long to wait for workers.</summary>
internal sealed record WorkerTimes
{
    /// <summary>For one to be up: libtorch with CUDA from a cold disk takes its time.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>For one to end a job that was cancelled, before it is killed: a training step, and the memory it gives back.</summary>
    public TimeSpan Cancel { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one to end by itself, before it is killed.</summary>
    public TimeSpan End { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the next job, where the last one used a GPU: libtorch keeps its memory for that, and gives it back with the process alone.</summary>
    public TimeSpan IdleGpu { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Before the second try to start one; doubled for each further try.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two tries, at most.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries after which new jobs are refused; trying goes on.</summary>
    public int PatientTries { get; init; } = 5;

    /// <summary>How long to wait after so many tries that failed.</summary>
    public TimeSpan Pause(int failures)
    {
        double seconds = FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestPause.TotalSeconds));
    }
}
