using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Engines;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>Entries that share one training, while they are worked on.</summary>
/// <param name="entries">The entries left to do, at least one.</param>
internal sealed class TrainingGroup(IReadOnlyList<BatchEntry> entries)
{
    private int _left = entries.Count;
    private int _failed;

    public IReadOnlyList<BatchEntry> Entries => entries;

    public BatchEntry First => entries[0];

    public string Key => First.TrainingKey;

    /// <summary>The data set, once it has been read.</summary>
    public MultiLabelDataset? Data { get; set; }

    /// <summary>The model, once it is there.</summary>
    public ITrainedModel? Model { get; set; }

    /// <summary>What a later run opens; null when nothing is kept.</summary>
    public KeptModel? Kept { get; set; }

    public bool HasFailures => Volatile.Read(ref _failed) > 0;

    /// <summary>Notes that an entry has ended; true for the last one.</summary>
    public bool End(bool failed)
    {
        if (failed)
            Interlocked.Increment(ref _failed);
        return Interlocked.Decrement(ref _left) == 0;
    }
}
