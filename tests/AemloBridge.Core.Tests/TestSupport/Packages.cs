using System.Reflection;

namespace AemloBridge.Tests.TestSupport;

/// <summary>The checkout and the NuGet cache that this build came from.</summary>
internal static class Packages
{
    /// <summary>TorchSharp's library for Linux as it was published. NuGet unpacks every platform's, everywhere.</summary>
    public static string LibTorchSharp => Path.Combine(Folder("torchsharp", "0.107.0"), "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    /// <summary>The top of the checkout.</summary>
    public static string Repository
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "AemloBridge.sln")))
                folder = Path.GetDirectoryName(folder);
            return folder ?? throw new InvalidOperationException($"no AemloBridge.sln above {AppContext.BaseDirectory}");
        }
    }

    /// <summary>Where a package is unpacked.</summary>
    public static string Folder(string id, string version)
    {
        string root = typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        return Path.Combine(root, id, version);
    }
}
