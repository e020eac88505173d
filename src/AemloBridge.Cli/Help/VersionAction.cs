using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Help;

/// <summary>Carries out --version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>The version of this program, with the commit after a plus sign where the build knew it.</summary>
    public static string Version { get; } =
        typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"aemlo {Version}");
        return ExitCodes.Ok;
    }
}
