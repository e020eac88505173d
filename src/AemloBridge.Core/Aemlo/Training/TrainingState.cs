using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>Everything the next epoch depends on, taken after an epoch; tensors are copies.</summary>
/// <param name="Values">The flat parameter vector.</param>
/// <param name="FirstMoment">Adam's running mean.</param>
/// <param name="SecondMoment">Adam's running mean of squares.</param>
/// <param name="Best">The weights kept so far, when the best are kept.</param>
/// <param name="Steps">Updates made.</param>
/// <param name="RandomState">State of the stream that orders the rows.</param>
/// <param name="BestLoss">Loss of the kept epoch.</param>
/// <param name="KeptEpoch">The kept epoch.</param>
/// <param name="Epochs">The epochs so far.</param>
internal sealed record TrainingState(
    Tensor Values,
    Tensor FirstMoment,
    Tensor SecondMoment,
    Tensor? Best,
    long Steps,
    ulong[] RandomState,
    double BestLoss,
    int KeptEpoch,
    IReadOnlyList<EpochRecord> Epochs) : IDisposable
{
    public void Dispose()
    {
        Values.Dispose();
        FirstMoment.Dispose();
        SecondMoment.Dispose();
        Best?.Dispose();
    }
}
