using System.Runtime.InteropServices;

namespace AemloBridge.Devices;

/// <summary>A folder with libtorch's libraries: the one beside the program, or the one that AEMLO_LIBTORCH names.</summary>
internal sealed class LibtorchFolder
{
    /// <summary>The environment variable that names another libtorch.</summary>
    public const string Variable = "AEMLO_LIBTORCH";

    private const string Wanted =
        $"set {Variable} to the lib folder of a libtorch {LibtorchVersion.Needed}, for example torch/lib of a pip-installed PyTorch {LibtorchVersion.Needed}";

    private readonly TorchPlatform _platform;

    private LibtorchFolder(TorchPlatform platform, string path, string version)
    {
        _platform = platform;
        Path = path;
        Version = version;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The version of its libtorch.</summary>
    public string Version { get; }

    /// <summary>Whether the CUDA part of libtorch is there.</summary>
    public bool HasCudaLibraries => File.Exists(System.IO.Path.Combine(Path, _platform.Cuda));

    /// <summary>The libtorch that was installed with the program.</summary>
    /// <param name="platform">This machine's platform.</param>
    /// <param name="searched">Folders in which .NET looks for the program's native libraries.</param>
    /// <exception cref="DeviceException">The program was built without one.</exception>
    public static LibtorchFolder Bundled(TorchPlatform platform, IReadOnlyList<string> searched)
    {
        string? found = BundledPlaces(searched).FirstOrDefault(folder => File.Exists(System.IO.Path.Combine(folder, platform.Cpu)));
        return found is null
            ? throw new DeviceException($"this program was built without libtorch ({platform.Cpu} is not in {string.Join(", ", searched)}): {Wanted}, or build it without -p:AemloTorch=none")
            : new LibtorchFolder(platform, found, LibtorchVersion.Bundled);
    }

    /// <summary>Where it may lie: our own programs have it in a folder of its own; a program that uses Core as a package, beside the others.</summary>
    /// <param name="searched">Folders in which .NET looks for the program's native libraries.</param>
    public static IEnumerable<string> BundledPlaces(IEnumerable<string> searched) =>
        searched.SelectMany(folder => new[] { System.IO.Path.Combine(folder, "libtorch"), folder });

    /// <summary>The libtorch that the user names, checked before any of it is loaded.</summary>
    /// <param name="platform">This machine's platform.</param>
    /// <param name="folder">The value of AEMLO_LIBTORCH.</param>
    /// <param name="binding">TorchSharp's native library, whose needs the folder has to meet.</param>
    /// <param name="searched">Folders in which .NET looks for the program's native libraries.</param>
    /// <exception cref="DeviceException">No libtorch, or not the one that is needed.</exception>
    public static LibtorchFolder Named(TorchPlatform platform, string folder, string binding, IReadOnlyList<string> searched)
    {
        string path = System.IO.Path.GetFullPath(folder);
        if (!Directory.Exists(path))
            throw Refused(path, $"no such folder; libtorch {LibtorchVersion.Needed} is needed");

        string? version = LibtorchVersion.Detect(path);
        if (version is not null && !LibtorchVersion.IsNeeded(version))
            throw Refused(path, $"it holds libtorch {version}, and libtorch {LibtorchVersion.Needed} is needed");
        if (!File.Exists(System.IO.Path.Combine(path, platform.Cpu)))
            throw Refused(path, $"it holds no libtorch ({platform.Cpu} is not there); libtorch {LibtorchVersion.Needed} is needed");

        // TorchSharp's static constructor loads what it finds there: two libtorchs in one process, which aborts.
        string? own = searched.FirstOrDefault(other => other != path && File.Exists(System.IO.Path.Combine(other, platform.Cpu)));
        if (own is not null)
            throw new DeviceException(
                $"{Variable}={path}: this program brings a libtorch of its own in {own}, where TorchSharp would load it too: unset {Variable}, or move that one to {System.IO.Path.Combine(own, "libtorch")}");

        var result = new LibtorchFolder(platform, path, version ?? LibtorchVersion.Needed);
        if (OperatingSystem.IsLinux())
            result.CheckSymbols(binding, version is null ? "a libtorch of unknown version" : $"libtorch {version}");
        return result;
    }

    /// <summary>Loads the libraries, each by its absolute path, in an order in which none looks for another elsewhere.</summary>
    /// <exception cref="DeviceException">The system refuses one of them.</exception>
    public void Load()
    {
        foreach (string path in Libraries())
            Load(path);
    }

    /// <summary>Loads one library by its absolute path.</summary>
    /// <exception cref="DeviceException">The system refuses it; the message holds its reason.</exception>
    public static void Load(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DeviceException($"{path} could not be loaded: {e.Message.Trim()}", e);
        }
    }

    private IEnumerable<string> Libraries() =>
        _platform.LoadOrder.Select(name => System.IO.Path.Combine(Path, name)).Where(File.Exists);

    private void CheckSymbols(string binding, string found)
    {
        try
        {
            HashSet<string> names = ElfSymbolTable.Read(binding).UndefinedWithoutVersion();
            int needed = names.Count;
            foreach (string library in Libraries())
                ElfSymbolTable.Read(library).RemoveDefined(names);
            if (names.Count > 0)
                throw Refused(
                    Path,
                    $"it holds {found}, which lacks {names.Count} of the {needed} functions that are needed of libtorch {LibtorchVersion.Needed}, for example {names.Min(StringComparer.Ordinal)}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Refused(Path, $"{e.Message}; libtorch {LibtorchVersion.Needed} is needed");
        }
    }

    private static DeviceException Refused(string path, string reason) => new($"{Variable}={path}: {reason}. Instead, {Wanted}.");
}
