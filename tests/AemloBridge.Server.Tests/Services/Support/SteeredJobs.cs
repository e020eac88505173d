using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>A job manager without workers: jobs do what a test tells them to.</summary>
internal sealed class SteeredJobs(IJobStore store, TimeProvider time) : IJobManager
{
    private readonly ConcurrentDictionary<string, Live> _live = new();
    private int _submitted;

    /// <summary>Runs before a job is accepted; may throw.</summary>
    public Action<JobSubmission> OnSubmit { get; set; } = _ => { };

    /// <summary>Runs after a job is accepted.</summary>
    public Action<JobRecord> OnAccepted { get; set; } = _ => { };

    /// <summary>What came in last.</summary>
    public JobSubmission? Last { get; private set; }

    /// <summary>What cancelled which job.</summary>
    public Channel<(string Id, JobError Error)> Cancelled { get; } = Channel.CreateUnbounded<(string, JobError)>();

    public IReadOnlyList<Device> Devices { get; set; } = [new Device { Name = "cpu", Description = "a test's", DefaultThreads = 1, Ready = true }];

    public string LibtorchVersion => "2.10.0";

    /// <summary>Jobs accepted so far.</summary>
    public int Submitted => _submitted;

    public (JobRecord Job, bool Joined) Submit(JobSubmission submission)
    {
        Last = submission;
        OnSubmit(submission);
        var job = new JobRecord
        {
            Tenant = submission.Tenant,
            Id = Guid.NewGuid().ToString("N"),
            Kind = submission.Kind,
            RequestId = submission.RequestId,
            RequestHash = submission.RequestHash,
            DatasetDigest = submission.Dataset?.Digest ?? "",
            ModelId = submission.Model?.Id ?? "",
            ModelName = submission.ModelName,
            Options = MethodContract.ToValues(submission.Options),
            KeepRunning = submission.KeepRunning,
            TimeLimit = submission.TimeLimit,
            Created = time.GetUtcNow(),
        };
        if (!store.TryCreate(job, out JobRecord? existing))
            return (existing!, true);
        Interlocked.Increment(ref _submitted);
        _live[job.Id] = new Live();
        OnAccepted(job);
        return (job, false);
    }

    public JobSnapshot? Get(string tenant, string id) => store.Get(tenant, id) is { } job ? Describe(job) : null;

    public JobSnapshot Describe(JobRecord job) => new(job, 0, _live.TryGetValue(job.Id, out Live? live) ? live.Progress : null);

    public JobSnapshot? Cancel(string tenant, string id, JobError error)
    {
        if (Get(tenant, id) is not { } snapshot)
            return null;
        if (snapshot.Record.HasEnded)
            return snapshot;
        End(id, snapshot.Record with { State = JobState.Cancelled, Error = error });
        Cancelled.Writer.TryWrite((id, error));
        return Get(tenant, id);
    }

    public async IAsyncEnumerable<JobEvent> Watch(string tenant, string id, uint afterEpoch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_live.TryGetValue(id, out Live? live))
            yield break;
        int next = 0;
        while (true)
        {
            Task changed = live.Changed;
            (JobEvent[] events, bool done) = live.From(next);
            next += events.Length;
            foreach (JobEvent happened in events.Where(happened => happened.EventCase != JobEvent.EventOneofCase.Progress || happened.Progress.Epoch > afterEpoch))
                yield return happened;
            if (done)
                yield break;
            if (live.Stopped is { } stopped)
                throw stopped;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task DrainAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An epoch is done.</summary>
    public void Progress(string id, uint epoch) => _live[id].Add(new JobEvent { Progress = new EpochProgress { Epoch = epoch, Epochs = 10, Device = "cpu" } });

    /// <summary>The job has a result.</summary>
    public void Succeed(JobRecord job, ResamplingRecipe? recipe = null)
    {
        string folder = store.Folder(job);
        using (FileStream file = File.Create(Path.Combine(folder, JobFiles.Recipe)))
            RecipeParts.Write(file, recipe ?? Samples.Recipe(3), inputRows: 40, sparse: false);
        long seed = long.Parse(job.Options["seed"], CultureInfo.InvariantCulture);
        using (FileStream file = File.Create(Path.Combine(folder, JobFiles.Report)))
            new JobReport { JobId = job.Id, Seed = seed, Device = "cpu", MadeRows = (ulong)(recipe?.NewRows.Count ?? 3) }.WriteTo(file);
        End(job.Id, job with { State = JobState.Succeeded });
    }

    /// <summary>The job ends without one.</summary>
    public void Fail(JobRecord job, JobError error, int lostAttempts = 0) =>
        End(job.Id, job with { State = JobState.Failed, Error = error, LostAttempts = lostAttempts });

    /// <summary>The events end while the job has not, as when the server stops.</summary>
    public void StopWatching(string id) => _live[id].Stop(new RequestException(StatusCode.Unavailable, Reasons.Stopping, "the server is stopping"));

    private void End(string id, JobRecord record)
    {
        store.Update(record with { Ended = time.GetUtcNow() });
        _live[id].Complete();
    }

    private sealed class Live
    {
        private readonly Lock _gate = new();
        private readonly List<JobEvent> _events = [new JobEvent { Queued = new JobQueued() }, new JobEvent { Started = new JobStarted { Attempt = 1, Device = "cpu" } }];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _done;

        public RequestException? Stopped { get; private set; }

        public Task Changed
        {
            get
            {
                lock (_gate)
                    return _changed.Task;
            }
        }

        public EpochProgress? Progress
        {
            get
            {
                lock (_gate)
                    return _events.LastOrDefault(happened => happened.Progress is not null)?.Progress;
            }
        }

        public (JobEvent[] Events, bool Done) From(int first)
        {
            lock (_gate)
                return ([.. _events.Skip(first)], _done);
        }

        public void Add(JobEvent happened) => Change(() => _events.Add(happened));

        public void Complete() => Change(() => _done = true);

        public void Stop(RequestException why) => Change(() => Stopped = why);

        private void Change(Action change)
        {
            TaskCompletionSource before;
            lock (_gate)
            {
                change();
                before = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            before.SetResult();
        }
    }
}
