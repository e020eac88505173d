using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>A term of the loss over one batch.</summary>
/// <param name="Value">The term, a tensor of no dimensions, before any weight.</param>
/// <param name="Gradient">Its derivative by the loss function's (first) argument, of that argument's shape.</param>
internal readonly record struct LossValue(Tensor Value, Tensor Gradient);
