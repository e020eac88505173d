using System.Collections.Concurrent;
using TorchSharp;

namespace AemloBridge.Aemlo.Networks;

/// <summary>
/// Numbers as libtorch's scalars, made once. TorchSharp makes a native one for every number in an expression and frees
/// it when the garbage collector comes by; thousands of them between a training's large temporaries keep the C heap
/// from joining what is free, and resident memory doubles.
/// </summary>
internal static class Constant
{
    private static readonly ConcurrentDictionary<double, Scalar> Known = new();

    public static readonly Scalar Zero = Of(0);
    public static readonly Scalar One = Of(1);
    public static readonly Scalar Two = Of(2);
    public static readonly Scalar MinusTwo = Of(-2);

    /// <summary>A number that comes up in every step; there are few of them, from the options and the sizes of batches.</summary>
    public static Scalar Of(double value) => Known.GetOrAdd(value, number => number.ToScalar());
}
