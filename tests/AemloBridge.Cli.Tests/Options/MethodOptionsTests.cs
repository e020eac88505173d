using System.CommandLine;
using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Tests.TestSupport;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Tests.Options;

public class MethodOptionsTests
{
    public static TheoryData<string> Names => [.. AemloOptionCatalog.All.Select(option => option.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Resolve_OptionGiven_ChangesThatOneAndNoOther(string name)
    {
        MethodOption<AemloOptions> option = AemloOptionCatalog.Get(name);
        string value = OtherValue(option);

        AemloOptions resolved = Resolve(AemloPresets.Paper, $"--{name}", value);

        Assert.Equal(value, option.Format(resolved));
        Assert.All(AemloOptionCatalog.All.Where(other => other != option), other => Assert.Equal(other.Format(AemloPresets.Paper), other.Format(resolved)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_OfOversample_ShowsEveryOptionWithDefaultAndSource(string name)
    {
        MethodOption<AemloOptions> option = AemloOptionCatalog.Get(name);

        string help = string.Join(' ', InProcess.Run("oversample", "--help").Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains($"--{name} ", help);
        Assert.Contains($"{option.Description};", help);
        Assert.Contains($"{MethodOptions.DefaultsOfPresets(option)} [{option.Source}]", help);
    }

    [Fact]
    public void Resolve_NothingGiven_IsThePreset() => Assert.Equal(AemloPresets.Published, Resolve(AemloPresets.Published));

    [Theory]
    [InlineData("-p", "0.25")]
    [InlineData("--rate", "0.25")]
    [InlineData("--rate=0.25")]
    public void Resolve_RateByAnyName_IsTheRate(params string[] words) => Assert.Equal(0.25, Resolve(AemloPresets.Default, words).Rate);

    [Theory]
    [InlineData("-n", "5")]
    [InlineData("--num", "5")]
    public void Resolve_NumberByAnyName_IsTheNumber(params string[] words) => Assert.Equal(5, Resolve(AemloPresets.Default, words).Num);

    [Theory]
    [InlineData(true, "--round")]
    [InlineData(true, "--round", "true")]
    [InlineData(false, "--round", "false")]
    public void Resolve_Flag_TakesTrueFalseOrNothing(bool expected, params string[] words) => Assert.Equal(expected, Resolve(AemloPresets.Paper, words).Round);

    [Fact]
    public void DefaultsOfPresets_ValuesThatDiffer_NamesThePresets() =>
        Assert.Equal("default 50, paper 100, published 201", MethodOptions.DefaultsOfPresets(AemloOptionCatalog.Get("epochs")));

    [Theory]
    [InlineData("--epochs", "0")]
    [InlineData("--epochs", "many")]
    [InlineData("--alpha", "-1")]
    [InlineData("--alpha", "NaN")]
    [InlineData("--learning-rate", "0")]
    [InlineData("--validation-share", "1")]
    [InlineData("--threads", "-2")]
    [InlineData("--seed", "-1")]
    [InlineData("--num", "99999999999")]
    public void Parse_ValueThatIsNotAllowed_GivesTheMessageOfTheCatalogue(string name, string value)
    {
        ParseResult parse = Parse(out _, name, value);

        string expected = Assert.Throws<AemloOptionException>(() => AemloOptionCatalog.Get(name[2..]).Apply(AemloPresets.Default, value)).Message;
        Assert.Equal(expected, Assert.Single(parse.Errors).Message);
    }

    private static AemloOptions Resolve(AemloOptions start, params string[] words)
    {
        ParseResult parse = Parse(out MethodOptions options, words);
        Assert.Empty(parse.Errors);
        return options.Resolve(parse, start);
    }

    private static ParseResult Parse(out MethodOptions options, params string[] words)
    {
        var command = new AemloCommand("test", "Test.", "aemlo test");
        options = new MethodOptions(command, _ => true);
        return command.Parse(words);
    }

    /// <summary>An allowed value that is not the one of the preset used here.</summary>
    private static string OtherValue(MethodOption<AemloOptions> option)
    {
        string? now = option.Format(AemloPresets.Paper);
        return option.Type switch
        {
            OptionType.Choice => option.Choices.First(word => word != now),
            OptionType.Flag => now == "true" ? "false" : "true",
            OptionType.Integer => "3",
            _ => (option.Minimum >= 1 ? 2.5 : 0.375).ToString(CultureInfo.InvariantCulture),
        };
    }
}
