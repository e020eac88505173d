using System.Globalization;
using AemloBridge.Aemlo.Options;

namespace AemloBridge.Cli.Output;

/// <summary>The minority rule in words.</summary>
internal static class MinorityText
{
    public static string Describe(AemloOptions options) => options.MinorityRule switch
    {
        MinorityRule.ImrAndIrlbl => string.Create(CultureInfo.InvariantCulture, $"ImR > {options.MinorityCut} and IRLbl > MeanIR"),
        MinorityRule.Irlbl => "IRLbl > MeanIR",
        _ => "every label that some row has",
    };
}
