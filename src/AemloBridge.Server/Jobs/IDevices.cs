using AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Jobs;

/// <summary>What the manager wants to know of the devices.</summary>
internal interface IDevices
{
    /// <summary>The devices and how they stand; empty while none is known.</summary>
    IReadOnlyList<Device> All { get; }

    /// <summary>Whether the devices are known: configured, or found by the first worker.</summary>
    bool AreKnown { get; }

    /// <summary>The libtorch that workers have reported; empty before the first is up.</summary>
    string LibtorchVersion { get; }

    /// <summary>Why no worker starts, as clients may hear it; null while one is up or may soon come up.</summary>
    /// <param name="cuda">Looks at GPUs alone.</param>
    string? WhyNone(bool cuda);
}
