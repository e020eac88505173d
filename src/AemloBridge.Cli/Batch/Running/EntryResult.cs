using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Batch.Entries;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>How an entry ended.</summary>
internal enum EntryStatus
{
    /// <summary>Done now.</summary>
    Done,

    /// <summary>Done by an earlier run.</summary>
    Kept,

    /// <summary>Failed; what it would have written is not there.</summary>
    Failed,
}

/// <summary>An entry that has ended.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Seconds">How long it took; a training counts for the first entry that needs it.</param>
/// <param name="Report">How it came about; null when it failed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record EntryResult(BatchEntry Entry, EntryStatus Status, double Seconds, RunReport? Report, string? Error);
