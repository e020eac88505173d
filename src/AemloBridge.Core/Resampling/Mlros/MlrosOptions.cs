namespace AemloBridge.Resampling.Mlros;

/// <summary>The options of MLROS.</summary>
public sealed record MlrosOptions : AmountOptions
{
    /// <inheritdoc/>
    public override string Method => "mlros";
}
