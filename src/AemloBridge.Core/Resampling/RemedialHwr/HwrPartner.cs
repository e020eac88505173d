namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>What follows the decoupling of REMEDIAL-HwR.</summary>
public enum HwrPartner
{
    /// <summary>MLROS: HwR-ROS in the paper.</summary>
    Mlros,

    /// <summary>MLSMOTE: HwR-SMT in the paper.</summary>
    Mlsmote,

    /// <summary>MLeNN, the edited-nearest-neighbour rule for several labels: HwR-HUS in the paper.</summary>
    Enn,
}
