namespace AemloBridge.Resampling;

/// <summary>
/// The options of a resampling method. Each method has a record of its own; a new one holds the defaults, and
/// <see cref="IResamplingMethod.Options"/> gives each option's name, range, unit and source.
/// </summary>
public abstract record ResamplingOptions
{
    /// <summary>The name of the preset that every method has.</summary>
    public const string DefaultPreset = "default";

    /// <summary>The method's name, as <see cref="IResamplingMethod.Name"/> has it.</summary>
    public abstract string Method { get; }

    /// <summary>The preset the options started from; reported, never interpreted.</summary>
    public string Preset { get; init; } = DefaultPreset;

    /// <summary>Seed of every random draw; null draws one, which is reported.</summary>
    public long? Seed { get; init; }
}
