using TorchSharp;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>
/// Sums of tensors, and of tensors and numbers, without TorchSharp's shorthands for them: those make a scalar 1 each time,
/// by which the right side is multiplied, and which the garbage collector, set off by another thread, may free while
/// libtorch is about to read it (seen as "Expected false to be true").
/// </summary>
internal static class Sums
{
    /// <summary>left + right.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Constant.One);

    /// <summary>Adds to a tensor in place and gives it back.</summary>
    public static Tensor Accumulate(this Tensor target, Tensor other) => target.add_(other, Constant.One);

    /// <summary>left + right.</summary>
    public static Tensor Plus(this Tensor left, Scalar right) => left.add(right, Constant.One);

    /// <summary>Adds a number to each cell in place and gives the tensor back.</summary>
    public static Tensor Accumulate(this Tensor target, Scalar number) => target.add_(number, Constant.One);
}
