using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>Binary cross-entropy of the label decoder, summed over labels and rows, from scores before the sigmoid.</summary>
internal static class CrossEntropyLoss
{
    /// <param name="logits">Scores before the sigmoid, n × q.</param>
    /// <param name="probabilities">The sigmoid of them.</param>
    /// <param name="labels">Y, n × q, 0 or 1.</param>
    /// <returns>The term and its gradient by <paramref name="logits"/>.</returns>
    public static LossValue Compute(Tensor logits, Tensor probabilities, Tensor labels)
    {
        // log(1 + eᵒ) − y·o, with the softplus written as log(1 + e^−|o|) + max(o, 0), so that neither tail overflows.
        Tensor positive = logits.clamp_min(Constant.Zero);
        Tensor negativeMagnitude = logits.clamp_max(Constant.Zero).sub_(positive);
        Tensor softplus = negativeMagnitude.exp_().log1p_().Accumulate(positive);
        Tensor value = softplus.sub_(labels * logits).sum();
        return new LossValue(value, probabilities - labels);
    }
}
