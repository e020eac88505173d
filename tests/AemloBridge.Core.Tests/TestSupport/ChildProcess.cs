using System.Diagnostics;

namespace AemloBridge.Tests.TestSupport;

/// <summary>What a program wrote and how it ended.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Error)
{
    /// <summary>The values of one name in an answer of "name=value" lines.</summary>
    public IReadOnlyList<string> this[string name] =>
        [.. Output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..])];

    /// <summary>Runs AemloBridge.Probe, which lies beside the tests.</summary>
    public static ChildProcess Probe(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        string name = OperatingSystem.IsWindows() ? "AemloBridge.Probe.exe" : "AemloBridge.Probe";
        return Run(Path.Combine(AppContext.BaseDirectory, name), AppContext.BaseDirectory, environment, arguments);
    }

    /// <summary>Runs the .NET command line, as from a shell of its own.</summary>
    public static ChildProcess Dotnet(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        // The MSBuild that runs the tests leaves variables that would send this one to the wrong SDK files.
        var clean = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(name => name, string? (_) => null);
        foreach ((string name, string? value) in environment)
            clean[name] = value;
        return Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, clean, arguments);
    }

    private static ChildProcess Run(string program, string folder, IReadOnlyDictionary<string, string?> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ChildProcess(process.ExitCode, output, error.Result);
    }
}
