namespace AemloBridge.Data.Sample;

/// <summary>What the values of a sample column look like.</summary>
internal enum SampleColumnKind
{
    /// <summary>Numbers with four decimals.</summary>
    Real,

    /// <summary>Whole numbers from 0 up.</summary>
    Count,

    /// <summary>no or yes.</summary>
    Flag,

    /// <summary>One of three to five letters.</summary>
    Kind,
}
