using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// Keeps a training's state in a file between epochs. A training given a file that exists goes on from there and ends
/// with the same model as one that was never stopped.
/// </summary>
/// <param name="path">The file; replaced as a whole each time.</param>
/// <param name="everyEpochs">How often it is written; it is always written after the last epoch.</param>
public sealed class CheckpointPolicy(string path, int everyEpochs = 10)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>How often it is written.</summary>
    public int EveryEpochs { get; } = everyEpochs > 0
        ? everyEpochs
        : throw new ArgumentOutOfRangeException(nameof(everyEpochs), everyEpochs, "a checkpoint is written every so many epochs, at least 1");

    /// <summary>The seed that an existing file was trained with; null without a file.</summary>
    internal long? ExistingSeed() =>
        File.Exists(Path) ? AemloModelFormatException.Naming(Path, () => CheckpointFile.ReadHeader(Path).Options.Seed) : null;

    /// <summary>Puts the state of an existing file into a session.</summary>
    /// <returns>The time already spent on it.</returns>
    /// <exception cref="AemloModelFormatException">The file is damaged, or belongs to other data or options.</exception>
    internal TimeSpan Resume(TrainingSession session, MultiLabelDataset data, AemloOptions options) =>
        File.Exists(Path) ? AemloModelFormatException.Naming(Path, () => ResumeExisting(session, data, options)) : TimeSpan.Zero;

    private TimeSpan ResumeExisting(TrainingSession session, MultiLabelDataset data, AemloOptions options)
    {
        using TrainingState state = CheckpointFile.Read(Path, data, options, out TimeSpan spent);
        if (state.Values.numel() != session.Network.Parameters.Values.numel())
            throw new AemloModelFormatException($"damaged: it holds {state.Values.numel()} parameters, the network has {session.Network.Parameters.Values.numel()}");
        if (state.Epochs.Count > options.Epochs)
            throw new AemloModelFormatException($"this checkpoint has {state.Epochs.Count} epochs behind it, more than the {options.Epochs} asked for (--epochs); delete it or name another file to start anew");
        session.Restore(state);
        return spent;
    }

    /// <summary>Writes the file when it is time to.</summary>
    internal void Save(TrainingSession session, MultiLabelDataset data, AemloOptions options, EpochReport report)
    {
        if (report.Epoch % EveryEpochs != 0 && report.Epoch != options.Epochs)
            return;
        using TrainingState state = session.Capture();
        CheckpointFile.Write(Path, state, data, options, report.Elapsed);
    }
}
