using System.Reflection;

namespace AemloBridge.Aemlo.Models;

/// <summary>Versions that go into model files and reports.</summary>
public static class ProgramVersion
{
    /// <summary>This program's version.</summary>
    public static string Current { get; } = Informational(typeof(ProgramVersion).Assembly);

    /// <summary>The version of the TorchSharp binding; asking loads no native library.</summary>
    public static string TorchSharp { get; } = Informational(typeof(global::TorchSharp.torch).Assembly);

    private static string Informational(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
