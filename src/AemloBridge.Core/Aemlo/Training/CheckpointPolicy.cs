using System.Diagnostics;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// Keeps a training's state in a file between epochs. A training given a file that exists goes on from there and ends
/// with the same model as one that was never stopped.
/// </summary>
/// <param name="path">The file; replaced as a whole each time.</param>
/// <param name="everyEpochs">Epochs between two writes, at least; the last epoch does not wait for them.</param>
public sealed class CheckpointPolicy(string path, int everyEpochs = 10)
{
    private (MultiLabelDataset Data, string Hash)? _fingerprint;
    private long _lastTime = Stopwatch.GetTimestamp();
    private int _lastEpoch;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Epochs between two writes, at least.</summary>
    public int EveryEpochs { get; } = everyEpochs > 0
        ? everyEpochs
        : throw new ArgumentOutOfRangeException(nameof(everyEpochs), everyEpochs, "a checkpoint is written every so many epochs, at least 1");

    /// <summary>Time between two writes, at least, and before the first; the last epoch waits for it too.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>True deletes a file that cannot be used and trains from the beginning; false refuses it.</summary>
    public bool DiscardUnusable { get; init; }

    /// <summary>Told the epochs behind the file once it is on the disk, on the training thread.</summary>
    public Action<int>? Saved { get; init; }

    /// <summary>Told why a file was not used, on the training thread; only with <see cref="DiscardUnusable"/>.</summary>
    public Action<string>? Discarded { get; init; }

    /// <summary>How many epochs a checkpoint file has behind it; 0 when there is none or it cannot be used. Does not load libtorch.</summary>
    /// <param name="path">The file.</param>
    public static int SavedEpochs(string path)
    {
        try
        {
            return File.Exists(path) ? CheckpointFile.ReadEpochs(path) : 0;
        }
        catch (Exception error) when (IsUnusable(error))
        {
            return 0;
        }
    }

    /// <summary>The seed that an existing file was trained with; null without a file.</summary>
    internal long? ExistingSeed()
    {
        if (!File.Exists(Path))
            return null;
        try
        {
            return AemloModelFormatException.Naming(Path, () => CheckpointFile.ReadHeader(Path).Options.Seed);
        }
        catch (Exception error) when (DiscardUnusable && IsUnusable(error))
        {
            Discard(error);
            return null;
        }
    }

    /// <summary>Puts the state of an existing file into a session.</summary>
    /// <returns>The time already spent on it.</returns>
    /// <exception cref="AemloModelFormatException">The file is damaged, or belongs to other data or options.</exception>
    internal TimeSpan Resume(TrainingSession session, MultiLabelDataset data, AemloOptions options)
    {
        _lastTime = Stopwatch.GetTimestamp();
        _lastEpoch = 0;
        if (!File.Exists(Path))
            return TimeSpan.Zero;
        try
        {
            TimeSpan spent = AemloModelFormatException.Naming(Path, () => ResumeExisting(session, data, options));
            _lastEpoch = session.Epochs.Count;
            return spent;
        }
        catch (Exception error) when (DiscardUnusable && IsUnusable(error))
        {
            Discard(error);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Writes the file when it is time to.</summary>
    internal void Save(TrainingSession session, MultiLabelDataset data, AemloOptions options, EpochReport report)
    {
        if (report.Epoch - _lastEpoch < EveryEpochs && report.Epoch != options.Epochs)
            return;
        if (Stopwatch.GetElapsedTime(_lastTime) < Interval)
            return;
        using (TrainingState state = session.Capture())
            CheckpointFile.Write(Path, state, Fingerprint(data), options, report.Elapsed);
        _lastEpoch = report.Epoch;
        _lastTime = Stopwatch.GetTimestamp();
        Saved?.Invoke(report.Epoch);
    }

    // Nothing of the session has changed when one of these is thrown: a state is read whole before it is put in.
    private static bool IsUnusable(Exception error) => error is AemloModelFormatException or IOException or UnauthorizedAccessException;

    private TimeSpan ResumeExisting(TrainingSession session, MultiLabelDataset data, AemloOptions options)
    {
        using TrainingState state = CheckpointFile.Read(Path, Fingerprint(data), options, out TimeSpan spent);
        if (state.Values.numel() != session.Network.Parameters.Values.numel())
            throw new AemloModelFormatException($"damaged: it holds {state.Values.numel()} parameters, the network has {session.Network.Parameters.Values.numel()}");
        if (state.Epochs.Count > options.Epochs)
            throw new AemloModelFormatException($"this checkpoint has {state.Epochs.Count} epochs behind it, more than the {options.Epochs} asked for (--epochs); delete it or name another file to start anew");
        session.Restore(state);
        return spent;
    }

    private void Discard(Exception error)
    {
        File.Delete(Path);
        Discarded?.Invoke(error.Message);
    }

    /// <summary>The hash of the data, computed once: it takes its time on large data.</summary>
    private string Fingerprint(MultiLabelDataset data)
    {
        if (_fingerprint is not { } known || !ReferenceEquals(known.Data, data))
            _fingerprint = known = (data, DatasetFingerprint.Of(data));
        return known.Hash;
    }
}
