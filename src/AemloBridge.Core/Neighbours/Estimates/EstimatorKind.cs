namespace AemloBridge.Neighbours.Estimates;

/// <summary>The estimators there are.</summary>
internal enum EstimatorKind
{
    /// <summary><see cref="ListEstimator"/>.</summary>
    Lists,

    /// <summary><see cref="PanelEstimator"/>.</summary>
    Panels,

    /// <summary><see cref="TorchEstimator"/>.</summary>
    Torch,
}
