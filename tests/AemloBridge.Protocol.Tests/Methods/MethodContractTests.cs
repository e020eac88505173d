using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;
using CsCheck;

namespace AemloBridge.Protocol.Tests.Methods;

public sealed class MethodContractTests
{
    public static TheoryData<string> Presets { get; } = [.. AemloPresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Resolve_Preset_IsThePreset(string name)
    {
        Assert.Equal(AemloPresets.Get(name), MethodContract.Resolve(new MethodSpec { Preset = name }));
        Assert.Equal(AemloPresets.Get(name), MethodContract.Resolve(MethodContract.ToMessage(AemloPresets.Get(name))));
        Assert.Equal(AemloPresets.Get(name), MethodContract.FromValues(MethodContract.ToValues(AemloPresets.Get(name))));
    }

    [Fact]
    public void Resolve_NothingSet_IsTheDefaultOfAemlo()
    {
        Assert.Equal(AemloPresets.Default, MethodContract.Resolve(new MethodSpec()));
        Assert.Equal(AemloPresets.Default, MethodContract.Resolve(new MethodSpec { Method = "aemlo", Preset = "default" }));
    }

    [Fact]
    public void Resolve_Options_ChangeThePreset()
    {
        var message = new MethodSpec { Preset = "paper", Options = { ["epochs"] = "7", ["rate"] = "0.25", ["round"] = "true", ["decoding"] = "residual", ["seed"] = "9007199254740991" } };
        AemloOptions expected = AemloPresets.Paper with { Epochs = 7, Rate = 0.25, Round = true, Decoding = DecodingKind.Residual, Seed = 9007199254740991 };
        Assert.Equal(expected, MethodContract.Resolve(message));
    }

    public static TheoryData<string, string, MethodSpec> Wrong { get; } = new()
    {
        { "method.method", "'smote' is not a method", new MethodSpec { Method = "smote" } },
        { "method.preset", "'best' is not a preset; allowed: default, paper, published", new MethodSpec { Preset = "best" } },
        { "method.options[speed]", "no such option", new MethodSpec { Options = { ["speed"] = "1" } } },
        { "method.options[preset]", "no such option", new MethodSpec { Options = { ["preset"] = "paper" } } },
        { "method.options[epochs]", "'many' is not a whole number; allowed: [1, 1000000]", new MethodSpec { Options = { ["epochs"] = "many" } } },
        { "method.options[epochs]", "0 is out of range; allowed: [1, 1000000]", new MethodSpec { Options = { ["epochs"] = "0" } } },
        { "method.options[decoding]", "allowed: direct | residual", new MethodSpec { Options = { ["decoding"] = "Direct" } } },
        { "method.options[rate]", "is out of range", new MethodSpec { Options = { ["rate"] = "NaN" } } },
        { "method.options[epochs]", "a value of 5000 characters", new MethodSpec { Options = { ["epochs"] = new string('9', 5000) } } },
        { $"method.options[{new string('x', 60)}...]", "no such option", new MethodSpec { Options = { [new string('x', 5000)] = "1" } } },
        // Of several mistakes the first by name.
        { "method.options[alpha]", "not a number", new MethodSpec { Options = { ["zeta"] = "1", ["alpha"] = "a", ["beta"] = "b" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Resolve_OneThingWrong_NamesTheFieldAndTheReason(string field, string reason, MethodSpec message) =>
        Refused.At(field, reason, () => MethodContract.Resolve(message));

    [Fact]
    public void Resolve_AMethodByName_HasItsOwnOptionsAlone()
    {
        Assert.Equal("0.25", MethodContract.ToValues(MethodContract.Resolve(new MethodSpec { Method = "mlros", Options = { ["rate"] = "0.25" } }))["rate"]);
        Refused.At("method.options[epochs]", "MLROS has no such option", () => MethodContract.Resolve(new MethodSpec { Method = "mlros", Options = { ["epochs"] = "5" } }));
        Refused.At("method.preset", "'paper' is not a preset; allowed: default", () => MethodContract.Resolve(new MethodSpec { Method = "mlros", Preset = "paper" }));
    }

    [Fact]
    public void ResolveTraining_AMethodThatTrainsNothing_IsRefused()
    {
        Assert.Equal(AemloPresets.Default, MethodContract.ResolveTraining(new MethodSpec()));
        Refused.At("method.method", "'mlros' trains no model; allowed: aemlo", () => MethodContract.ResolveTraining(new MethodSpec { Method = "mlros" }));
    }

    [Fact]
    public void FromValues_OneThingWrong_NamesTheOption()
    {
        Refused.At("options[speed]", "no such option", () => MethodContract.FromValues(new Dictionary<string, string> { ["speed"] = "1" }));
        Refused.At("options[epochs]", "out of range", () => MethodContract.FromValues(new Dictionary<string, string> { ["epochs"] = "0" }));
    }

    /// <summary>Any value of any option survives the way through the message and through the record, as does an own preset's name.</summary>
    [Fact]
    public void RoundTrip_AnyOptions_GivesThemBack() =>
        Gen.Select(Gen.Int[0, AemloOptionCatalog.All.Count - 1], Gen.Double[0, 1]).Array[0, 12].Sample(
            changes =>
            {
                AemloOptions options = AemloPresets.Published;
                foreach ((int index, double share) in changes)
                    options = AemloOptionCatalog.All[index].Apply(options, AnyValue(AemloOptionCatalog.All[index], share));
                Assert.Equal(options, MethodContract.Resolve(Transfer.Copy(MethodContract.ToMessage(options))));
                options = options with { Preset = "mine" };
                Assert.Equal(options, MethodContract.FromValues(MethodContract.ToValues(options)));
            },
            iter: 500,
            threads: 1);

    /// <summary>A form that a client builds from the description alone gives values that are taken.</summary>
    [Fact]
    public void DescribeAll_NamesEveryMethodWithItsOptions()
    {
        IReadOnlyList<MethodInfo> methods = MethodContract.DescribeAll();
        Assert.Equal("aemlo", methods[0].Name);
        Assert.Equal(ResamplingMethods.All.Select(method => (method.Name, method.Title, method.Source, method.Trains)), methods.Select(method => (method.Name, method.Title, method.Source, method.Trains)));
        Assert.Equal(ResamplingMethods.All.Select(method => method.Options.Select(option => option.Name)), methods.Select(method => method.Options.Select(option => option.Name)));
    }

    public static TheoryData<string> Methods => [.. ResamplingMethods.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Describe_EveryOption_HasWhatAFormNeeds(string name)
    {
        MethodInfo method = MethodContract.DescribeAll().Single(method => method.Name == name);
        Assert.All(method.Options, option => Assert.NotEqual(Protocol.V1.OptionType.Unspecified, option.Type));
        Assert.All(method.Options, option => Assert.NotEmpty(option.Description));
        Assert.All(method.Options, option => Assert.Equal(option.Type == Protocol.V1.OptionType.Choice, option.Choices.Count > 0));
        Assert.All(method.Options, option => Assert.Equal(option.HasDefaultValue, option.UnsetMeaning == ""));
        Assert.All(method.Options.SelectMany(Edges), edge => MethodContract.Resolve(new MethodSpec { Method = name, Options = { [edge.Name] = edge.Value } }));
        Assert.All(method.Options.SelectMany(Beyond), edge => Assert.Throws<ContractException>(() => MethodContract.Resolve(new MethodSpec { Method = name, Options = { [edge.Name] = edge.Value } })));
    }

    /// <summary>What the client sends is what the server resolves, and what its records and workers read back.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void RoundTrip_DefaultsOfAMethod_GivesThemBack(string name)
    {
        ResamplingOptions options = ResamplingMethods.Get(name).Presets[0] with { Seed = 7 };

        Assert.Equal(options, MethodContract.Resolve(Transfer.Copy(MethodContract.ToMessage(options))));
        Assert.Equal(options, MethodContract.FromValues(name, MethodContract.ToValues(options)));
    }

    [Fact]
    public void Describe_EveryPreset_ListsTheOptionsThatMakeIt()
    {
        MethodInfo method = MethodContract.DescribeAll()[0];
        Assert.Equal(["default", "paper", "published"], method.Presets.Select(preset => preset.Name));
        Assert.All(method.Presets, preset => Assert.Equal(AemloPresets.Get(preset.Name) with { Preset = "default" }, MethodContract.Resolve(new MethodSpec { Options = { preset.Options } })));
        Assert.All(method.Options.Where(option => option.HasDefaultValue), option => Assert.Equal(option.DefaultValue, method.Presets[0].Options[option.Name]));
    }

    private static IEnumerable<(string Name, string Value)> Edges(OptionInfo option)
    {
        if (option.HasDefaultValue)
            yield return (option.Name, option.DefaultValue);
        foreach (string choice in option.Choices)
            yield return (option.Name, choice);
        if (option.HasMinimum && !option.MinimumExclusive)
            yield return (option.Name, Text(option, option.Minimum));
        if (option.HasMaximum && !option.MaximumExclusive)
            yield return (option.Name, Text(option, option.Maximum));
    }

    private static IEnumerable<(string Name, string Value)> Beyond(OptionInfo option)
    {
        if (option.HasMinimum)
            yield return (option.Name, Text(option, option.MinimumExclusive ? option.Minimum : Math.Min(option.Minimum - 1, Math.BitDecrement(option.Minimum))));
        if (option.HasMaximum)
            yield return (option.Name, Text(option, option.MaximumExclusive ? option.Maximum : Math.Max(option.Maximum + 1, Math.BitIncrement(option.Maximum))));
    }

    private static string AnyValue(MethodOption<AemloOptions> option, double share)
    {
        if (option.Type == AemloBridge.Resampling.Options.OptionType.Choice)
            return option.Choices[(int)(share * (option.Choices.Count - 1))];
        if (option.Type == AemloBridge.Resampling.Options.OptionType.Flag)
            return share < 0.5 ? "true" : "false";
        double value = Math.Max(1e-9, option.Minimum!.Value + share * (Math.Min(option.Maximum ?? 1e6, 1e16) - option.Minimum.Value) * 0.999);
        return option.Type == AemloBridge.Resampling.Options.OptionType.Integer
            ? ((long)Math.Ceiling(value)).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Text(OptionInfo option, double value) => option.Type == Protocol.V1.OptionType.Integer
        ? ((long)value).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
