using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Losses;

/// <summary>From the vector that <see cref="AemloObjective.Step"/> returns to named terms.</summary>
internal static class LossTermsReader
{
    /// <param name="terms">The vector, on any device, in any floating-point type; read here, which waits for the device.</param>
    /// <param name="divisor">What to divide by: the number of batches when the vector is a sum over them.</param>
    public static LossTerms Read(Tensor terms, double divisor = 1)
    {
        using Tensor doubles = terms.to(ScalarType.Float64);
        using Tensor onHost = doubles.cpu();
        double[] values = [.. onHost.data<double>().ToArray().Select(value => value / divisor)];
        return new LossTerms(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    }
}
