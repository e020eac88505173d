using System.Globalization;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>Jobs as messages.</summary>
internal static class JobMessages
{
    /// <summary>The word for one in messages.</summary>
    public const string What = "job";

    // An attempt that was lost is repeated once.
    private const int LostForGood = 2;

    /// <summary>The message of a job.</summary>
    public static Job Of(JobSnapshot snapshot, DateTimeOffset? expires)
    {
        JobRecord record = snapshot.Record;
        var job = new Job
        {
            Id = record.Id,
            Kind = record.Kind,
            State = record.State,
            RequestId = record.RequestId,
            DatasetDigest = record.DatasetDigest,
            ModelId = record.ModelId,
            Method = MethodMessages.Of(record.Method, record.Options),
            Created = Timestamp.FromDateTimeOffset(record.Created),
            Started = Time(record.Started),
            Ended = Time(record.Ended),
            Expires = Time(expires),
            Attempts = (uint)record.Attempts,
            QueuePosition = (uint)snapshot.QueuePosition,
            Error = record.Error,
        };
        if (snapshot.Progress is { } progress)
            job.Progress = progress;
        return job;
    }

    /// <summary>The first event of every stream.</summary>
    public static JobEvent Accepted(JobRecord job, bool joined) => new()
    {
        Accepted = new JobAccepted { JobId = job.Id, Joined = joined, Seed = Seed(job) },
    };

    /// <summary>Why a job has no result, as the status of the call that waits for it.</summary>
    public static RequestException Failure(JobRecord job)
    {
        string reason = job.State == JobState.Cancelled ? Reasons.JobCancelled
            : job.LostAttempts >= LostForGood ? Reasons.WorkerLost
            : Reasons.JobFailed;
        return StatusDetails.OfJob(job.Error ?? new JobError { Message = "the job ended without a result" }, reason, job.Id);
    }

    private static long Seed(JobRecord job) =>
        job.Options.TryGetValue("seed", out string? seed) ? long.Parse(seed, CultureInfo.InvariantCulture) : 0;

    private static Timestamp? Time(DateTimeOffset? time) => time is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}
