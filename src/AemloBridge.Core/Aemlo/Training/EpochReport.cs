using AemloBridge.Aemlo.Losses;

namespace AemloBridge.Aemlo.Training;

/// <summary>How a training stands after an epoch.</summary>
/// <param name="Epoch">1-based number of the epoch just finished.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Losses">Mean of each term over the epoch's batches.</param>
/// <param name="MacroF1">Mean F1 over the labels at their best thresholds.</param>
/// <param name="OnValidation">True when <paramref name="MacroF1"/> is measured on held-out rows, false when on the training rows.</param>
/// <param name="RowsPerSecond">Training rows worked off per second, in this epoch.</param>
/// <param name="Elapsed">Since the training began.</param>
/// <param name="Remaining">Estimate for the epochs left.</param>
public sealed record EpochReport(
    int Epoch,
    int Epochs,
    LossTerms Losses,
    double MacroF1,
    bool OnValidation,
    double RowsPerSecond,
    TimeSpan Elapsed,
    TimeSpan Remaining);
