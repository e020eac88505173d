namespace AemloBridge.Resampling.Mlrus;

/// <summary>The options of MLRUS.</summary>
public sealed record MlrusOptions : AmountOptions
{
    /// <inheritdoc/>
    public override string Method => "mlrus";
}
