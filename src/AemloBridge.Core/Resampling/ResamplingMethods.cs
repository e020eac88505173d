using AemloBridge.Aemlo;
using AemloBridge.Resampling.Lpros;
using AemloBridge.Resampling.Lprus;
using AemloBridge.Resampling.Mlbote;
using AemloBridge.Resampling.Mlros;
using AemloBridge.Resampling.Mlrus;
using AemloBridge.Resampling.Mlsmote;
using AemloBridge.Resampling.Mlsol;
using AemloBridge.Resampling.Mltl;
using AemloBridge.Resampling.Options;
using AemloBridge.Resampling.Remedial;
using AemloBridge.Resampling.RemedialHwr;

namespace AemloBridge.Resampling;

/// <summary>Every resampling method there is.</summary>
public static class ResamplingMethods
{
    /// <summary>All methods, AEMLO first.</summary>
    public static IReadOnlyList<IResamplingMethod> All { get; } =
    [
        new AemloMethod(),
        new MlsmoteMethod(),
        new MlsolMethod(),
        new MlboteMethod(),
        new MlrosMethod(),
        new LprosMethod(),
        new RemedialMethod(),
        new RemedialHwrMethod(),
        new MlrusMethod(),
        new LprusMethod(),
        new MltlMethod(),
    ];

    /// <summary>The method of that name.</summary>
    /// <param name="name">In any case: <c>mlsmote</c> or <c>MLSMOTE</c>.</param>
    /// <exception cref="AemloOptionException">There is none; all are named.</exception>
    public static IResamplingMethod Get(string name) => Find(name)
        ?? throw new AemloOptionException("method", $"'{name}' is not a method; choose one of {string.Join(", ", All.Select(method => method.Name))}");

    /// <summary>The method of that name, in any case; null when there is none.</summary>
    public static IResamplingMethod? Find(string name) => All.FirstOrDefault(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The method that options belong to.</summary>
    public static IResamplingMethod Of(ResamplingOptions options) => Get(options.Method);
}
