namespace AemloBridge.Data;

/// <summary>The ways to say which attributes are labels.</summary>
public enum LabelSelectionKind
{
    /// <summary>MEKA's option in the relation name, or the XML file beside the ARFF file.</summary>
    Automatic,

    /// <summary>A Mulan XML file.</summary>
    Xml,

    /// <summary>The first N attributes.</summary>
    First,

    /// <summary>The last N attributes.</summary>
    Last,

    /// <summary>By name.</summary>
    Names,
}
