using System.Diagnostics;
using System.Reflection;

namespace AemloBridge.Server.Workers;

/// <summary>How a worker process is started: the program that runs here, as a worker, with the GPUs it may see.</summary>
internal static class WorkerCommandLine
{
    /// <summary>The command of <c>aemlo</c> that runs a worker.</summary>
    public const string Command = "worker";

    public const string DeviceOption = "--device";

    public const string Auto = "auto";

    public const string Cpu = "cpu";

    private const string Cuda = "cuda:";
    private const string VisibleVariable = "CUDA_VISIBLE_DEVICES";

    /// <summary>The process to start for a device.</summary>
    /// <param name="executable">The program; null for the one that runs here.</param>
    /// <param name="device">"cpu", "cuda:1" or "auto".</param>
    public static ProcessStartInfo For(string? executable, string device)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string word in Program(executable))
        {
            if (start.FileName.Length == 0)
                start.FileName = word;
            else
                start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(DeviceOption);
        start.ArgumentList.Add(device);
        if (VisibleGpus(device, Environment.GetEnvironmentVariable(VisibleVariable)) is { } visible)
            start.Environment[VisibleVariable] = visible;
        return start;
    }

    /// <summary>The value of CUDA_VISIBLE_DEVICES for a worker; null leaves it as it is.</summary>
    /// <param name="device">"cpu", "cuda:1" or "auto".</param>
    /// <param name="inherited">Its value here: "cuda:1" is the second of those that are visible here.</param>
    internal static string? VisibleGpus(string device, string? inherited)
    {
        if (device == Auto)
            return null;
        if (GpuIndex(device) is not { } index)
            return "";
        string[] visible = inherited?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return index < visible.Length ? visible[index] : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The number of a GPU in a device's name; null for other devices.</summary>
    internal static int? GpuIndex(string device) =>
        device.StartsWith(Cuda, StringComparison.Ordinal) && int.TryParse(device.AsSpan(Cuda.Length), out int index) && index >= 0 ? index : null;

    private static string[] Program(string? executable)
    {
        string program = executable
            ?? Environment.ProcessPath
            ?? throw new WorkerStartException("the path of this program is not known; name it with worker-executable");
        // "dotnet aemlo.dll": the host needs the library named again.
        bool isHost = executable is null && Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        if (program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return ["dotnet", program];
        return isHost ? [program, Assembly.GetEntryAssembly()!.Location] : [program];
    }
}
