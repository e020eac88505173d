using System.CommandLine;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Commands;
using AemloBridge.Cli.Options;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Tests.Options;

public class MethodChoiceTests
{
    public static TheoryData<string> Names => [.. ResamplingMethods.All.Select(method => method.Name)];

    [Fact]
    public void Resolve_NothingGiven_IsAemlo() => Assert.Equal(AemloPresets.Default, Resolve());

    [Theory]
    [MemberData(nameof(Names))]
    public void Resolve_NameAlone_IsTheMethodsDefaults(string name)
    {
        Assert.Equal(ResamplingMethods.Get(name).Presets[0], Resolve("--method", name));
        Assert.Equal(ResamplingMethods.Get(name).Presets[0], Resolve("-m", name.ToUpperInvariant()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Resolve_EveryOptionOfAMethod_ChangesThatOneAndNoOther(string name)
    {
        IResamplingMethod method = ResamplingMethods.Get(name);
        Assert.All(method.Options, option =>
        {
            string value = OtherValue(option);

            ResamplingOptions resolved = Resolve("--method", name, $"--{option.Name}", value);

            Assert.Equal(value, option.Format(resolved));
            Assert.All(method.Options.Where(other => other != option), other => Assert.Equal(other.Default, other.Format(resolved)));
        });
    }

    [Theory]
    [InlineData("--alpha: MLROS has no such option; 'aemlo methods mlros' lists those it has", "--method", "mlros", "--alpha", "1")]
    [InlineData("--rate: -1 is out of range; allowed: [0, 1000]", "--method", "aemlo", "--rate", "-1")]
    public void Parse_WhatTheMethodDoesNotTake_IsRefusedByName(string expected, params string[] words) =>
        Assert.Equal(expected, Assert.Single(Parse(out _, words).Errors).Message);

    [Fact]
    public void Parse_UnknownMethod_SaysWhichThereAreAndWhichIsNear()
    {
        string message = Assert.Single(Parse(out _, "--method", "mlrs", "--alpha", "x").Errors).Message;

        Assert.StartsWith("--method: 'mlrs' is not a method (did you mean 'mlros'?); allowed: aemlo | ", message);
    }

    [Fact]
    public void Resolve_PresetOfAemloWithAnotherMethod_IsRefused()
    {
        ParseResult parse = Parse(out MethodChoice choice, "--method", "mlros", "--preset", "paper");

        Assert.Empty(parse.Errors);
        Assert.Equal("--preset: MLROS has no preset 'paper'; allowed: default", Assert.Throws<Cli.Errors.UsageException>(() => choice.Resolve(parse)).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Complete_OptionOfTheMethodOnTheLine_OffersItsWordsAndNoOthers(string name) =>
        Assert.All(ResamplingMethods.Get(name).Options, option =>
            Assert.Equal(Words(option).Order(), Complete($"--method {name} --{option.Name} ").Order()));

    [Theory]
    [InlineData("")]
    [InlineData("--method mlt ")]
    public void Complete_NoMethodOnTheLine_OffersTheWordsOfAll(string before) =>
        Assert.All(ResamplingMethods.All.SelectMany(method => method.Options).GroupBy(option => option.Name), same =>
            Assert.Equal(same.SelectMany(Words).Distinct().Order(), Complete($"{before}--{same.Key} ").Order()));

    private static IEnumerable<string> Complete(string line)
    {
        var command = new AemloCommand("test", "Test.", "aemlo test");
        _ = new MethodChoice(command);
        return command.Parse(line).GetCompletions(line.Length).Select(item => item.Label).Where(word => !word.StartsWith('-'));
    }

    private static IEnumerable<string> Words(MethodOption option) => option.Type == OptionType.Flag ? ["true", "false"] : option.Choices;

    private static ResamplingOptions Resolve(params string[] words)
    {
        ParseResult parse = Parse(out MethodChoice choice, words);
        Assert.Empty(parse.Errors);
        return choice.Resolve(parse);
    }

    private static ParseResult Parse(out MethodChoice choice, params string[] words)
    {
        var command = new AemloCommand("test", "Test.", "aemlo test");
        choice = new MethodChoice(command);
        return command.Parse(words);
    }

    private static string OtherValue(MethodOption option) => option.Type switch
    {
        OptionType.Choice => option.Choices.First(word => word != option.Default),
        OptionType.Flag => option.Default == "true" ? "false" : "true",
        OptionType.Integer => option.Default == "3" ? "4" : "3",
        _ => option.Minimum >= 1 ? "2.5" : "0.375",
    };
}
