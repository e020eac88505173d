using System.Diagnostics;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Tests.TestSupport;

namespace AemloBridge.Cli.Tests.Completion;

public class CompletionTests
{
    [Theory]
    [InlineData("aemlo ana", "analyze")]
    [InlineData("aemlo analyze --lab", "--labels")]
    [InlineData("aemlo analyze d.arff --minority-rule ", "imr+irlbl")]
    [InlineData("aemlo analyze d.arff --missing-labels z", "zero")]
    [InlineData("aemlo oversample d.arff --preset pa", "paper")]
    [InlineData("aemlo oversample d.arff --learn", "--learning-rate")]
    [InlineData("aemlo train d.arff --device ", "cuda")]
    [InlineData("aemlo completion ", "fish")]
    public void Suggest_LineSoFar_OffersWhatFits(string line, string expected)
    {
        CliResult result = AemloProcess.Run([$"[suggest:{line.Length}]", line]);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains(expected, result.Out.Split('\n').Select(word => word.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F")]
    [InlineData("zsh", "compdef _aemlo aemlo")]
    [InlineData("fish", "complete -c aemlo")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Completion_EachShell_PrintsAScriptThatAsksTheDirective(string shell, string registration)
    {
        CliResult result = InProcess.Run("completion", shell);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains(registration, result.Out);
        Assert.Contains("[suggest:", result.Out);
        Assert.DoesNotContain('\r', result.Out);
    }

    [Fact]
    public void Completion_InBash_CompletesACommandAnOptionAndItsWords()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs bash 4 or later, which only Linux is sure to have");
        const string driver = """
            source <(aemlo completion bash)
            for line in "aemlo ana" "aemlo analyze --minority-r" "aemlo analyze --minority-rule ir"; do
                COMP_LINE="$line"; COMP_POINT=${#line}
                read -ra COMP_WORDS <<<"$line"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _aemlo_complete
                echo "${COMPREPLY[*]}"
            done
            """;
        var start = new ProcessStartInfo("bash", ["-c", driver]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";

        using Process bash = Process.Start(start)!;
        string[] answers = bash.StandardOutput.ReadToEnd().TrimEnd().Split('\n');

        Assert.Equal(["analyze", "--minority-rule", "irlbl"], answers);
    }
}
