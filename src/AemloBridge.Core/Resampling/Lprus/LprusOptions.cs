namespace AemloBridge.Resampling.Lprus;

/// <summary>The options of LPRUS.</summary>
public sealed record LprusOptions : AmountOptions
{
    /// <inheritdoc/>
    public override string Method => "lprus";
}
