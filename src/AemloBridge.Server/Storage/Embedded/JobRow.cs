using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>A job's record as a row. Columns that the store itself fills: has_ended, bytes.</summary>
internal static class JobRow
{
    /// <summary>The columns of a record, in the order of <see cref="Parameters"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "tenant", "id", "kind", "state", "has_ended", "request_id", "request_hash", "dataset", "model", "model_name", "method", "options",
        "keep_running", "time_limit", "memory_estimate", "created", "started", "ended", "attempts", "lost_attempts", "attempt_epochs", "device", "error",
    ];

    /// <summary>The columns in a row.</summary>
    public static string List { get; } = string.Join(", ", Columns);

    /// <summary>The columns as parameters of the same names.</summary>
    public static string Values { get; } = string.Join(", ", Columns.Select(column => "$" + column));

    /// <summary>What an update sets: everything but the name.</summary>
    public static string Assignments { get; } = string.Join(", ", Columns.Skip(2).Select(column => $"{column} = ${column}"));

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public static (string Name, object? Value)[] Parameters(JobRecord job) =>
    [
        ("$tenant", job.Tenant),
        ("$id", job.Id),
        ("$kind", (int)job.Kind),
        ("$state", (int)job.State),
        ("$has_ended", job.HasEnded),
        ("$request_id", job.RequestId),
        ("$request_hash", job.RequestHash),
        ("$dataset", job.DatasetDigest),
        ("$model", job.ModelId),
        ("$model_name", job.ModelName),
        ("$method", job.Method),
        ("$options", OptionsText.Write(job.Options)),
        ("$keep_running", job.KeepRunning),
        ("$time_limit", job.TimeLimit?.Ticks),
        ("$memory_estimate", job.MemoryEstimate),
        ("$created", job.Created.UtcTicks),
        ("$started", job.Started?.UtcTicks),
        ("$ended", job.Ended?.UtcTicks),
        ("$attempts", job.Attempts),
        ("$lost_attempts", job.LostAttempts),
        ("$attempt_epochs", job.AttemptEpochs),
        ("$device", job.Device),
        ("$error", job.Error?.ToByteArray()),
    ];

    /// <summary>The record of a row.</summary>
    public static JobRecord Read(SqliteDataReader row) => new()
    {
        Tenant = row.Text("tenant"),
        Id = row.Text("id"),
        Kind = (JobKind)row.Int("kind"),
        State = (JobState)row.Int("state"),
        RequestId = row.Text("request_id"),
        RequestHash = row.Text("request_hash"),
        DatasetDigest = row.Text("dataset"),
        ModelId = row.Text("model"),
        ModelName = row.Text("model_name"),
        Method = row.Text("method"),
        Options = OptionsText.Read(row.Text("options")),
        KeepRunning = row.Flag("keep_running"),
        TimeLimit = row.IsNull("time_limit") ? null : TimeSpan.FromTicks(row.Long("time_limit")),
        MemoryEstimate = row.Long("memory_estimate"),
        Created = row.Time("created"),
        Started = row.OptionalTime("started"),
        Ended = row.OptionalTime("ended"),
        Attempts = row.Int("attempts"),
        LostAttempts = row.Int("lost_attempts"),
        AttemptEpochs = row.Int("attempt_epochs"),
        Device = row.Text("device"),
        Error = row.IsNull("error") ? null : JobError.Parser.ParseFrom(row.GetFieldValue<byte[]>(row.GetOrdinal("error"))),
    };
}
