using System.Globalization;

namespace AemloBridge.Aemlo.Training;

/// <summary>A training that cannot go on: numbers left the range of float32. The message says where and what to change.</summary>
public sealed class AemloTrainingException : Exception
{
    /// <summary>The name that <see cref="Term"/> has when the gradient overflowed while the loss did not.</summary>
    public const string GradientTerm = "gradient";

    private const string Advice = "lower --learning-rate or the weights of the loss (--alpha, --beta, --lambda, --lambda-structure), and train again";

    private AemloTrainingException(int epoch, string term, string what)
        : base($"epoch {epoch}: {what}; {Advice}")
    {
        Epoch = epoch;
        Term = term;
    }

    /// <summary>1-based epoch in which it happened.</summary>
    public int Epoch { get; }

    /// <summary>The term of the loss concerned, as <see cref="Losses.LossTerms.Named"/> names it, or <see cref="GradientTerm"/>.</summary>
    public string Term { get; }

    /// <summary>A term of the loss became NaN or infinite.</summary>
    internal static AemloTrainingException OfTerm(int epoch, string term, double value) =>
        new(epoch, term, $"the {term} term of the loss became {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The squares of the gradient overflowed, so that Adam would stand still from here on.</summary>
    internal static AemloTrainingException OfGradient(int epoch) =>
        new(epoch, GradientTerm, "the gradient grew beyond what its squares can hold");
}
