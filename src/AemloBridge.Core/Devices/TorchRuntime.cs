using System.Reflection;
using TorchSharp;

namespace AemloBridge.Devices;

/// <summary>Loads libtorch, once, when something needs it: nothing else in Core touches a tensor before.</summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static LibtorchFolder? _loaded;

    /// <summary>Whether libtorch is in this process already.</summary>
    public static bool IsLoaded => Volatile.Read(ref _loaded) is not null;

    /// <summary>Whether there are libraries for CUDA where libtorch would be taken from; loads nothing, and a device may still be missing.</summary>
    public static bool MayHaveCuda
    {
        get
        {
            if (Volatile.Read(ref _loaded) is { } loaded)
                return loaded.HasCudaLibraries;
            string? named = Environment.GetEnvironmentVariable(LibtorchFolder.Variable);
            IEnumerable<string> folders = string.IsNullOrEmpty(named) ? LibtorchFolder.BundledPlaces(NativeFolders()) : [named];
            string library = TorchPlatform.Current.Cuda;
            return folders.Any(folder => File.Exists(Path.Combine(folder, library)));
        }
    }

    /// <summary>The number of threads that 0 stands for: one per processor that this process may use.</summary>
    public static int DefaultThreads => Environment.ProcessorCount;

    /// <summary>Loads libtorch if that has not happened yet, and sets the calling thread's number of threads.</summary>
    /// <param name="threads">Threads per operation; 0 for <see cref="DefaultThreads"/>.</param>
    /// <exception cref="DeviceException">There is no libtorch for this platform, or the one named by AEMLO_LIBTORCH does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static void Initialize(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Load();
        ApplyThreads(threads);
    }

    /// <summary>Sets how many threads an operation uses when it is called from this thread; other threads keep theirs.</summary>
    /// <param name="threads">Threads per operation; 0 for <see cref="DefaultThreads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static void ApplyThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Load();
        // Asking first is what ties the number to this thread; and libtorch ends the process when it is set to 0.
        torch.get_num_threads();
        torch.set_num_threads(threads == 0 ? DefaultThreads : threads);
    }

    /// <summary>Describes the loaded libtorch; loads it first if need be.</summary>
    /// <exception cref="DeviceException">There is no libtorch for this platform, or the one named by AEMLO_LIBTORCH does not fit.</exception>
    public static LibtorchInfo Describe()
    {
        LibtorchFolder folder = Load();
        return new LibtorchInfo(folder.Version, BindingVersion(), folder.Path, torch.get_num_threads(), folder.HasCudaLibraries);
    }

    private static LibtorchFolder Load()
    {
        lock (Gate)
        {
            if (_loaded is not null)
                return _loaded;

            TorchPlatform platform = TorchPlatform.Current;
            IReadOnlyList<string> searched = NativeFolders();
            string binding = searched.Select(folder => Path.Combine(folder, platform.Binding)).FirstOrDefault(File.Exists)
                ?? throw new DeviceException($"{platform.Binding} is not in {string.Join(", ", searched)}: build or install the program again");
            string? named = Environment.GetEnvironmentVariable(LibtorchFolder.Variable);
            LibtorchFolder folder = string.IsNullOrEmpty(named)
                ? LibtorchFolder.Bundled(platform, searched)
                : LibtorchFolder.Named(platform, named, binding, searched);

            // Results may not depend on how busy the machine is: with these on, MKL and OpenMP use fewer threads when it is.
            CEnvironment.Set("MKL_DYNAMIC", "FALSE");
            CEnvironment.Set("OMP_DYNAMIC", "FALSE");
            // Threads that wait for each other give up the processor soon: with libgomp's own count a training beside
            // other work took three times as long, and an undisturbed one no less.
            CEnvironment.SetDefault("GOMP_SPINCOUNT", "1000");
            folder.Load();
            LibtorchFolder.Load(binding);
            KeepTorchSharpFromLoading();
            Volatile.Write(ref _loaded, folder);
            return folder;
        }
    }

    /// <summary>Where .NET looks for native libraries: TorchSharp's own folder, then those of the host, as P/Invoke does.</summary>
    private static IReadOnlyList<string> NativeFolders()
    {
        var folders = new List<string> { AppContext.BaseDirectory };
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string searched)
            folders.AddRange(searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct()];
    }

    /// <summary>
    /// TorchSharp loads torch_cpu or torch_cuda by name before it uses a device, in its static constructor and later. Ours
    /// lie where that finds nothing but what is loaded already; its private marks spare it the search from here on.
    /// </summary>
    private static void KeepTorchSharpFromLoading()
    {
        foreach (string mark in new[] { "nativeBackendLoaded", "nativeBackendCudaLoaded" })
        {
            FieldInfo field = typeof(torch).GetField(mark, BindingFlags.NonPublic | BindingFlags.Static)
                ?? throw new DeviceException($"TorchSharp {BindingVersion()} is not the version this program was written for (it has no {mark}): install the program again");
            field.SetValue(null, true);
        }
    }

    private static string BindingVersion()
    {
        Assembly assembly = typeof(torch).Assembly;
        string? version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+')[0] ?? assembly.GetName().Version!.ToString(3);
    }
}
