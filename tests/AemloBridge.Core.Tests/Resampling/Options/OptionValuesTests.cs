using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Mlros;
using AemloBridge.Resampling.Options;
using AemloBridge.Resampling.RemedialHwr;

namespace AemloBridge.Tests.Resampling.Options;

public sealed class OptionValuesTests
{
    [Fact]
    public void Of_OptionsOfAMethod_EverySetOptionInInvariantText() => Assert.Equal(
        new Dictionary<string, string> { ["preset"] = "default", ["rate"] = "0.25", ["seed"] = "9007199254740991" },
        OptionValues.Of(new MlrosOptions { Rate = 0.25, Seed = 9007199254740991 }));

    [Fact]
    public void Of_UnsetOptions_AreLeftOut()
    {
        Dictionary<string, string> values = OptionValues.Of(new RemedialHwrOptions { Partner = HwrPartner.Enn, Device = DeviceKind.Cpu });
        Assert.Equal("enn", values["partner"]);
        Assert.Equal("cpu", values["device"]);
        Assert.DoesNotContain("num", values.Keys);
        Assert.DoesNotContain("neighbours", values.Keys);
        Assert.DoesNotContain("seed", values.Keys);
    }

    [Fact]
    public void Of_EveryPresetOfEveryMethod_SetsTheSameOptionsAgain()
    {
        foreach (IResamplingMethod method in ResamplingMethods.All)
        {
            foreach (ResamplingOptions preset in method.Presets)
            {
                Dictionary<string, string> values = OptionValues.Of(preset);
                ResamplingOptions again = method.Presets[0] with { Preset = values[OptionValues.PresetKey] };
                foreach (MethodOption option in method.Options.Where(option => values.ContainsKey(option.Name)))
                    again = option.Apply(again, values[option.Name]);
                Assert.Equal(preset, again);
            }
        }
    }
}
