namespace AemloBridge.Neighbours;

/// <summary>How two values of a nominal feature differ.</summary>
public enum NominalDistance
{
    /// <summary>0 if equal, else 1.</summary>
    Overlap,

    /// <summary>
    /// The value difference metric for one label j: |P_j(v) − P_j(v')|, where P_j(v) is the share of the original rows
    /// with value v that have the label (Stanfill and Waltz 1986).
    /// </summary>
    Vdm,
}
