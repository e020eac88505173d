namespace AemloBridge.Resampling.Remedial;

/// <summary>The options of REMEDIAL, which draws nothing and takes none but those that every method has.</summary>
public sealed record RemedialOptions : ResamplingOptions
{
    /// <inheritdoc/>
    public override string Method => "remedial";
}
