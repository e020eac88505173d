using AemloBridge.Aemlo.Losses;

namespace AemloBridge.Aemlo.Training;

/// <summary>One epoch of a finished training.</summary>
/// <param name="Epoch">1-based.</param>
/// <param name="Losses">Mean of each term over the epoch's batches.</param>
/// <param name="MacroF1">Mean F1 over the labels at their best thresholds.</param>
public sealed record EpochRecord(int Epoch, LossTerms Losses, double MacroF1);

/// <summary>What is known of how a model was trained.</summary>
/// <param name="Seed">The seed, also when it was drawn.</param>
/// <param name="Device">The device really used.</param>
/// <param name="LibtorchVersion">The libtorch really used.</param>
/// <param name="Threads">CPU threads really used.</param>
/// <param name="Rows">n, the given rows.</param>
/// <param name="TrainingRows">Rows the weights were fitted to.</param>
/// <param name="ValidationRows">Rows held out for the thresholds.</param>
/// <param name="KeptEpoch">The epoch whose weights were kept.</param>
/// <param name="InputSha256">SHA-256 of the ARFF file; null when the data did not come from one.</param>
/// <param name="Epochs">Every epoch.</param>
/// <param name="Seconds">Wall-clock seconds; the only part that differs between equal runs.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record TrainingSummary(
    long Seed,
    string Device,
    string LibtorchVersion,
    int Threads,
    int Rows,
    int TrainingRows,
    int ValidationRows,
    int KeptEpoch,
    string? InputSha256,
    IReadOnlyList<EpochRecord> Epochs,
    double Seconds,
    IReadOnlyList<string> Warnings);
