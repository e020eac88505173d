using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>
/// Sums of tensors without TorchSharp's shorthands for them: those make a scalar 1 each time, which the garbage collector,
/// set off by another thread, may free while libtorch is about to read it (seen as "Expected false to be true").
/// </summary>
internal static class Sums
{
    /// <summary>left + right.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Constant.One);

    /// <summary>Adds to a tensor in place and gives it back.</summary>
    public static Tensor Accumulate(this Tensor target, Tensor other) => target.add_(other, Constant.One);
}
