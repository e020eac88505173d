namespace AemloBridge.Tests.TestSupport;

/// <summary>
/// Tests that use tensors run one after the other: libtorch already uses all cores, and tensor counts are process-wide.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchCollection
{
    public const string Name = "torch";
}
