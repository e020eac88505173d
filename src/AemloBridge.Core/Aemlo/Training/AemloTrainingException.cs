namespace AemloBridge.Aemlo.Training;

/// <summary>A training that cannot go on: the loss left the range of numbers. The message says where and what to change.</summary>
/// <param name="epoch">1-based epoch.</param>
/// <param name="term">The term of the loss that is no longer finite.</param>
/// <param name="value">Its value, NaN or infinite.</param>
public sealed class AemloTrainingException(int epoch, string term, double value)
    : Exception($"epoch {epoch}: the {term} term of the loss became {value}; lower --learning-rate, or the weight of that term (--alpha, --beta, --lambda, --lambda-structure), and train again")
{
    /// <summary>1-based epoch in which it happened.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>The term concerned.</summary>
    public string Term { get; } = term;
}
