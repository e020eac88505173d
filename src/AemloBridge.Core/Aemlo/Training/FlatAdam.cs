using System.Numerics;
using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// Adam (Kingma and Ba, ICLR 2015; β₁ = 0.9, β₂ = 0.999, ε = 1e-8) over one flat parameter vector. On the CPU one fused
/// pass reads and writes each number once; on a device a handful of vector operations.
/// </summary>
internal sealed class FlatAdam : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _values;
    private readonly Tensor _gradients;
    private readonly double _learningRate;

    public FlatAdam(Tensor values, Tensor gradients, double learningRate)
    {
        _values = values;
        _gradients = gradients;
        _learningRate = learningRate;
        using var scope = NewDisposeScope();
        FirstMoment = zeros_like(values);
        SecondMoment = zeros_like(values);
        FirstMoment.DetachFromDisposeScope();
        SecondMoment.DetachFromDisposeScope();
    }

    /// <summary>Running mean of the gradients, laid out as the parameters.</summary>
    public Tensor FirstMoment { get; }

    /// <summary>Running mean of their squares.</summary>
    public Tensor SecondMoment { get; }

    /// <summary>How many updates were made.</summary>
    public long Steps { get; set; }

    /// <summary>One update from the gradients as they stand.</summary>
    /// <param name="threads">How many threads the fused pass may use; the result does not depend on it.</param>
    public void Step(int threads)
    {
        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps);
        double correction2 = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        if (_values.device_type != DeviceType.CPU || _values.numel() * _values.element_size() > Array.MaxLength)
            StepByOperations(correction1, correction2);
        else if (_values.dtype == ScalarType.Float64)
            StepFused<double>(correction1, correction2, threads);
        else
            StepFused<float>(correction1, correction2, threads);
    }

    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    /// <summary>The update as tensor operations, for any device.</summary>
    internal void StepByOperations(double correction1, double correction2)
    {
        using var scope = NewDisposeScope();
        // Another number in each step; held here until libtorch has read them.
        using Scalar scale = correction2.ToScalar();
        using Scalar step = (-_learningRate / correction1).ToScalar();
        FirstMoment.mul_(Constant.Of(Beta1)).add_(_gradients, Constant.Of(1 - Beta1));
        SecondMoment.mul_(Constant.Of(Beta2)).addcmul_(_gradients, _gradients, Constant.Of(1 - Beta2));
        Tensor denominator = SecondMoment.sqrt().div_(scale).Accumulate(Constant.Of(Epsilon));
        _values.addcdiv_(FirstMoment, denominator, step);
    }

    private unsafe void StepFused<T>(double correction1, double correction2, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = (int)_values.numel();
        nint values = Address<T>(_values), gradients = Address<T>(_gradients);
        nint first = Address<T>(FirstMoment), second = Address<T>(SecondMoment);
        int parts = Math.Clamp(Math.Min(threads, length / 65536), 1, 64);
        int size = (length / parts / Vector<T>.Count + 1) * Vector<T>.Count;
        if (parts == 1)
            Part(0);
        else
            Parallel.For(0, parts, Part);

        void Part(int part)
        {
            int start = Math.Min(part * size, length);
            int count = Math.Min(size, length - start);
            Update(Slice(values, start, count), Slice(gradients, start, count), Slice(first, start, count), Slice(second, start, count), correction1, correction2);
        }

        static Span<T> Slice(nint address, int start, int count) => new((T*)address + start, count);
    }

    private void Update<T>(Span<T> values, Span<T> gradients, Span<T> first, Span<T> second, double correction1, double correction2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T beta1 = T.CreateChecked(Beta1), rest1 = T.CreateChecked(1 - Beta1);
        T beta2 = T.CreateChecked(Beta2), rest2 = T.CreateChecked(1 - Beta2);
        T step = T.CreateChecked(_learningRate / correction1);
        T inverse2 = T.CreateChecked(1 / correction2), epsilon = T.CreateChecked(Epsilon);
        Span<Vector<T>> valueVectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Span<Vector<T>> gradientVectors = MemoryMarshal.Cast<T, Vector<T>>(gradients);
        Span<Vector<T>> firstVectors = MemoryMarshal.Cast<T, Vector<T>>(first);
        Span<Vector<T>> secondVectors = MemoryMarshal.Cast<T, Vector<T>>(second);
        var epsilons = new Vector<T>(epsilon);
        for (int at = 0; at < valueVectors.Length; at++)
        {
            Vector<T> gradient = gradientVectors[at];
            Vector<T> mean = firstVectors[at] * beta1 + gradient * rest1;
            Vector<T> square = secondVectors[at] * beta2 + gradient * gradient * rest2;
            firstVectors[at] = mean;
            secondVectors[at] = square;
            valueVectors[at] -= mean * step / (Vector.SquareRoot(square) * inverse2 + epsilons);
        }

        for (int at = valueVectors.Length * Vector<T>.Count; at < values.Length; at++)
        {
            T gradient = gradients[at];
            first[at] = first[at] * beta1 + gradient * rest1;
            second[at] = second[at] * beta2 + gradient * gradient * rest2;
            values[at] -= first[at] * step / (T.Sqrt(second[at]) * inverse2 + epsilon);
        }
    }

    private static unsafe nint Address<T>(Tensor tensor)
        where T : unmanaged
    {
        fixed (byte* start = tensor.bytes)
            return (nint)start;
    }
}
