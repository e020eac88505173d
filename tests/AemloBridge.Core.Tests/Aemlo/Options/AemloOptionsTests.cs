using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Tests.Aemlo.Options;

public class AemloOptionsTests
{
    public static TheoryData<string> Presets => [.. AemloPresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Validate_EveryPreset_IsValid(string preset) => AemloOptionCatalog.Validate(AemloPresets.Get(preset));

    [Fact]
    public void Catalog_CoversEveryPropertyOfTheOptions()
    {
        // Each option changes exactly one property, and together they change all but the preset's name.
        int properties = typeof(AemloOptions).GetProperties().Count(property => property.CanWrite);
        Assert.Equal(properties - 1, AemloOptionCatalog.All.Count);
        Assert.Equal(AemloOptionCatalog.All.Count, AemloOptionCatalog.All.Select(option => option.Name).Distinct().Count());
        Assert.All(AemloOptionCatalog.All, option =>
        {
            AemloOptions changed = option.Apply(AemloPresets.Default, Other(option));
            Assert.NotEqual(AemloPresets.Default, changed);
            Assert.Equal(Other(option), option.Format(changed));
            Assert.All(AemloOptionCatalog.All.Where(other => other != option), other => Assert.Equal(other.Format(AemloPresets.Default), other.Format(changed)));
        });
    }

    [Fact]
    public void Catalog_EveryOption_SaysWhatItMeansAndWhereItComesFrom() => Assert.All(AemloOptionCatalog.All, option =>
    {
        Assert.NotEmpty(option.Description);
        Assert.NotEmpty(option.Source);
        Assert.NotEmpty(option.Range);
    });

    [Theory]
    [InlineData("epochs", "0", "--epochs: 0 is out of range; allowed: [1, 1000000]")]
    [InlineData("epochs", "many", "--epochs: 'many' is not a whole number; allowed: [1, 1000000]")]
    [InlineData("epochs", "1.5", "--epochs: '1.5' is not a whole number; allowed: [1, 1000000]")]
    [InlineData("learning-rate", "0", "--learning-rate: 0 is out of range; allowed: (0, 1]")]
    [InlineData("validation-share", "1", "--validation-share: 1 is out of range; allowed: [0, 1)")]
    [InlineData("rate", "-0.1", "--rate: -0.1 is out of range; allowed: [0, 1000]")]
    [InlineData("alpha", "NaN", "--alpha: NaN is out of range; allowed: [0, 1E+38]")]
    [InlineData("alpha", "Infinity", "--alpha: Infinity is out of range; allowed: [0, 1E+38]")]
    [InlineData("minority-cut", "0", "--minority-cut: 0 is out of range; allowed: [1, inf)")]
    [InlineData("round", "yes", "--round: 'yes' is not true or false; allowed: true | false")]
    [InlineData("minority-rule", "most", "--minority-rule: 'most' is not one of the words; allowed: imr+irlbl | irlbl | all")]
    [InlineData("seed", "99999999999999999999", "--seed: '99999999999999999999' is not a whole number; allowed: [0, 9007199254740991]")]
    public void Apply_BadValue_NamesOptionValueAndRange(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<AemloOptionException>(() => AemloOptionCatalog.Get(name).Apply(AemloPresets.Default, value)).Message);

    [Fact]
    public void Validate_RecordWithABadValue_NamesTheOption()
    {
        Assert.Equal("--latent: 0 is out of range; allowed: [1, 65536]", Message(AemloPresets.Default with { Latent = 0 }));
        Assert.Equal("--rate: NaN is out of range; allowed: [0, 1000]", Message(AemloPresets.Default with { Rate = double.NaN }));
        Assert.Equal("--keep: 7 is not one of the words; allowed: last | best", Message(AemloPresets.Default with { Keep = (KeepRule)7 }));

        static string Message(AemloOptions options) => Assert.Throws<AemloOptionException>(() => AemloOptionCatalog.Validate(options)).Message;
    }

    [Fact]
    public void Get_UnknownPreset_ListsThePresets() =>
        Assert.Equal("--preset: 'best' is not a preset; choose one of default, paper, published", Assert.Throws<AemloOptionException>(() => AemloPresets.Get("best")).Message);

    /// <summary>The presets as the method's description states them; a change here is a change of the method.</summary>
    [Theory]
    [InlineData("paper", "latent=512 hidden=512 layers=2 slope=0.01 alpha=1 beta=1 lambda=1 lambda-structure=1 reconstruction=squared orthonormality=sum label-decoder-input=labels cross-entropy=0 epochs=100 batch-size=128 learning-rate=0.001 validation-share=0.2 threshold=f1 keep=last minority-rule=imr+irlbl minority-cut=10 seed-order=random rate=0.3 max-per-seed=0 max-draws=20 decoding=direct label-source=decoded binary=cut round=false")]
    [InlineData("published", "network=published latent=500 hidden=200 layers=3 slope=0.01 alpha=1 beta=1 lambda=0.1 lambda-structure=1 reconstruction=absolute ranking-epsilon=0.0001 mean-over-rows=true epochs=201 batch-size=128 learning-rate=0.0001 validation-share=0 threshold=half keep=best minority-rule=irlbl seed-order=round-robin rate=0.1 max-draws=1 decoding=direct label-source=decoded")]
    [InlineData("default", "network=paper latent=512 hidden=512 layers=2 orthonormality=mean label-decoder-input=both cross-entropy=1 epochs=50 batch-size=128 learning-rate=0.001 validation-share=0 threshold=f1 seed-order=rounds rate=0.3 max-per-seed=2 decoding=residual neighbours=5 label-source=seed-minority binary=cut round=true")]
    public void Preset_Values_AreThoseOfTheDescription(string preset, string expected)
    {
        AemloOptions options = AemloPresets.Get(preset);
        foreach (string pair in expected.Split(' '))
        {
            string[] parts = pair.Split('=');
            Assert.Equal(parts[1], AemloOptionCatalog.Get(parts[0]).Format(options));
        }
    }

    private static string Other(MethodOption<AemloOptions> option)
    {
        string? current = option.Format(AemloPresets.Default);
        return option.Type switch
        {
            OptionType.Flag => current == "true" ? "false" : "true",
            OptionType.Choice => option.Choices.First(choice => choice != current),
            OptionType.Integer => current == "3" ? "4" : "3",
            _ => option.Minimum >= 1 ? "1.5" : "0.5",
        };
    }
}
