namespace AemloBridge.Resampling.Lpros;

/// <summary>The options of LPROS.</summary>
public sealed record LprosOptions : AmountOptions
{
    /// <inheritdoc/>
    public override string Method => "lpros";
}
