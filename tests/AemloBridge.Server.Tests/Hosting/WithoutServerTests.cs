using AemloBridge.Cli.Errors;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Hosting;

public sealed class WithoutServerTests
{
    // Loading any of these costs every command time; ASP.NET's own come with the first of them.
    private static readonly string[] ServersOwn = ["AemloBridge.Server.dll", "Grpc.", "Google.", "OpenTelemetry.", "Microsoft.Data.Sqlite", "SQLite"];

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("analyze", "DATA")]
    [InlineData("models", "DATA", "--json")]
    public async Task Command_ThatIsNotServe_LoadsNothingOfTheServer(params string[] words)
    {
        using var folder = new TempFolder();
        string program = WithEmptyLibraries(folder);
        string data = folder.Write("data.arff", "@relation 'd: -C 1'\n@attribute l {0,1}\n@attribute x numeric\n@data\n0,1\n1,2\n0,3\n");

        using ServerProcess process = ServerProcess.Start(words.Select(word => word == "DATA" ? data : word), program: program);
        int code = await process.WaitForExitAsync();

        // A data set is no model file, which only the file itself can tell.
        int expected = words[0] == "models" ? ExitCodes.Input : ExitCodes.Ok;
        Assert.True(expected == code, process.StandardError);
        // The same program cannot serve: what it would need is really not there.
        using ServerProcess serve = ServerProcess.Start(["serve", "--check", "--data", folder.File("data")], program: program);
        Assert.NotEqual(ExitCodes.Ok, await serve.WaitForExitAsync());
    }

    /// <summary>A copy of the program in which the server's libraries are empty files.</summary>
    private static string WithEmptyLibraries(TempFolder folder)
    {
        string place = folder.File("program");
        Directory.CreateDirectory(place);
        foreach (FileSystemInfo item in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            string copy = Path.Combine(place, item.Name);
            if (ServersOwn.Any(name => item.Name.StartsWith(name, StringComparison.Ordinal) && item.Extension == ".dll"))
                File.Create(copy).Dispose();
            else if (item.Name.StartsWith("aemlo", StringComparison.Ordinal))
                File.Copy(item.FullName, copy);
            else
                File.CreateSymbolicLink(copy, item.FullName);
        }

        return Path.Combine(place, Path.GetFileName(ServerProcess.Executable));
    }
}
