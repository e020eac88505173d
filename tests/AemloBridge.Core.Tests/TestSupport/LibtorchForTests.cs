using System.Runtime.CompilerServices;
using AemloBridge.Devices;

namespace AemloBridge.Tests.TestSupport;

/// <summary>Tests use tensors directly, in any order: libtorch is loaded the way Core does it before the first of them.</summary>
internal static class LibtorchForTests
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Initialize(0);
}
