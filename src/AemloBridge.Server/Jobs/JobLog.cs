using AemloBridge.Protocol.V1;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Jobs;

/// <summary>Events 2000 to 2999. No data values, no label names.</summary>
internal static partial class JobLog
{
    [LoggerMessage(2001, LogLevel.Information, "Job {Job} ({Kind}) of tenant {Tenant} accepted: estimated to need {Bytes} bytes, {Ahead} jobs ahead")]
    public static partial void Accepted(this ILogger logger, string job, JobKind kind, string tenant, long bytes, int ahead);

    [LoggerMessage(2002, LogLevel.Information, "Job refused for tenant {Tenant}: {Reason}")]
    public static partial void Refused(this ILogger logger, string tenant, string reason);

    [LoggerMessage(2003, LogLevel.Information, "Job {Job} taken by {Device}, attempt {Attempt}, from epoch {Epochs}")]
    public static partial void Started(this ILogger logger, string job, string device, int attempt, int epochs);

    [LoggerMessage(2004, LogLevel.Information, "Job {Job} ended: {State} after {Seconds} s in {Attempts} attempts")]
    public static partial void Ended(this ILogger logger, string job, JobState state, double seconds, int attempts);

    [LoggerMessage(2005, LogLevel.Warning, "Job {Job} ended: {State}, code {Code}: {Message}")]
    public static partial void EndedWithError(this ILogger logger, string job, JobState state, int code, string message);

    [LoggerMessage(2006, LogLevel.Warning, "Job {Job} lost its worker on {Device} after {Epochs} epochs of its checkpoint ({Lost} attempts lost without a new one); it is queued again, first in line")]
    public static partial void Lost(this ILogger logger, string job, string device, int epochs, int lost);

    [LoggerMessage(2007, LogLevel.Information, "Job {Job} found unfinished at the start: {What}")]
    public static partial void Found(this ILogger logger, string job, string what);

    [LoggerMessage(2008, LogLevel.Error, "The record of job {Job} cannot be written; trying again until it can")]
    public static partial void RecordNotWritten(this ILogger logger, Exception exception, string job);

    [LoggerMessage(2009, LogLevel.Error, "The result of job {Job} cannot be kept")]
    public static partial void ResultNotKept(this ILogger logger, Exception exception, string job);

    [LoggerMessage(2010, LogLevel.Information, "Draining: {Running} jobs run, {Queued} wait for the next start")]
    public static partial void Draining(this ILogger logger, int running, int queued);

    [LoggerMessage(2011, LogLevel.Information, "Job {Job} is left to the next start with {Epochs} epochs in its checkpoint")]
    public static partial void LeftForLater(this ILogger logger, string job, int epochs);

    [LoggerMessage(2012, LogLevel.Information, "Job {Job} of tenant {Tenant} is to end: code {Code}")]
    public static partial void CancelAsked(this ILogger logger, string job, string tenant, int code);

    [LoggerMessage(2013, LogLevel.Warning, "Files of job {Job} cannot be deleted: {Why}")]
    public static partial void NotTidied(this ILogger logger, string job, string why);

    [LoggerMessage(2014, LogLevel.Error, "Job {Job} cannot be taken up again")]
    public static partial void NotTakenUp(this ILogger logger, Exception exception, string job);

    [LoggerMessage(2015, LogLevel.Error, "Job {Job} is given up")]
    public static partial void GivenUp(this ILogger logger, Exception exception, string job);

    [LoggerMessage(2016, LogLevel.Error, "That job {Job} is to end cannot be written; it goes on if the server is killed before it has ended")]
    public static partial void CancelNotKept(this ILogger logger, Exception exception, string job);
}
