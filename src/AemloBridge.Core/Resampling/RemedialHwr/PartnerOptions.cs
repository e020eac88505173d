using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling.RemedialHwr;

/// <summary>Which options only some partners read.</summary>
internal static class PartnerOptions
{
    private static readonly RemedialHwrOptions Defaults = new();

    private static readonly Dictionary<string, HwrPartner[]> Readers = new(StringComparer.Ordinal)
    {
        ["rate"] = [HwrPartner.Mlros],
        ["num"] = [HwrPartner.Mlros, HwrPartner.Mlsmote],
        ["neighbours"] = [HwrPartner.Mlsmote, HwrPartner.Enn],
        ["label-rule"] = [HwrPartner.Mlsmote],
        ["difference"] = [HwrPartner.Enn],
    };

    /// <summary>The names of the options that differ from their defaults though the partner chosen does not read them.</summary>
    /// <param name="catalogue">All options of the method; the names come in its order.</param>
    /// <param name="options">The options given.</param>
    public static IEnumerable<string> Unread(IEnumerable<MethodOption> catalogue, RemedialHwrOptions options) =>
        from option in catalogue
        where Readers.TryGetValue(option.Name, out HwrPartner[]? readers) && !readers.Contains(options.Partner)
        where option.Format(options) != option.Format(Defaults)
        select option.Name;
}
