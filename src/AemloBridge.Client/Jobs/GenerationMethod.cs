using AemloBridge.Aemlo.Options;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Client.Jobs;

/// <summary>The options that a generation takes: the others are the model's.</summary>
internal static class GenerationMethod
{
    // Options of a training that belong to each run anew.
    private static readonly string[] OfEachRun = ["seed", "threads", "device"];

    /// <summary>Every option that matters for generation, whether or not it differs from a preset.</summary>
    public static MethodSpec Of(AemloOptions options)
    {
        IReadOnlyDictionary<string, string> values = MethodContract.ToValues(options);
        var spec = new MethodSpec();
        foreach (MethodOption<AemloOptions> option in AemloOptionCatalog.All.Where(option => !option.AffectsTraining || OfEachRun.Contains(option.Name)))
        {
            if (values.TryGetValue(option.Name, out string? value))
                spec.Options.Add(option.Name, value);
        }

        return spec;
    }
}
