using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Protocol;

/// <summary>The way between options and their message, and the description of the methods for GetServerInfo.</summary>
public static class MethodContract
{
    /// <summary>The name of AEMLO among the methods.</summary>
    public const string Aemlo = AemloOptions.MethodName;

    private const int Shown = 60;

    /// <summary>Every method that this build knows, AEMLO first.</summary>
    public static IReadOnlyList<V1.MethodInfo> DescribeAll() => [.. ResamplingMethods.All.Select(Describe)];

    /// <summary>A method, with every option and preset.</summary>
    public static V1.MethodInfo Describe(IResamplingMethod method)
    {
        var message = new V1.MethodInfo
        {
            Name = method.Name,
            Title = method.Title,
            Description = $"{method.Description}.",
            Source = method.Source,
            Trains = method.Trains,
        };
        message.Options.AddRange(method.Options.Select(OptionDescription.Of));
        message.Presets.AddRange(method.Presets.Select(options =>
        {
            var preset = new V1.PresetInfo { Name = options.Preset };
            preset.Options.Add(SetOptions(options));
            return preset;
        }));
        return message;
    }

    /// <summary>The options that a request asks for: its method and preset, changed as it says.</summary>
    /// <param name="message">The request's method.</param>
    /// <exception cref="ContractException">There is no such method, preset or option, or a value is not allowed.</exception>
    public static ResamplingOptions Resolve(V1.MethodSpec message)
    {
        IResamplingMethod method = ResamplingMethods.Find(message.Method.Length == 0 ? Aemlo : message.Method)
            ?? throw new ContractException("method.method", $"'{Short(message.Method)}' is not a method of this server; allowed: {string.Join(", ", ResamplingMethods.All.Select(known => known.Name))}, or empty for {Aemlo}");
        string preset = message.Preset.Length == 0 ? ResamplingOptions.DefaultPreset : message.Preset;
        ResamplingOptions start = method.Presets.FirstOrDefault(options => options.Preset == preset)
            ?? throw new ContractException("method.preset", $"'{Short(preset)}' is not a preset; allowed: {string.Join(", ", method.Presets.Select(options => options.Preset))}, or empty");
        return Apply(method, start, message.Options, "method.options");
    }

    /// <summary>The same, for what only AEMLO does: training and generating.</summary>
    /// <exception cref="ContractException">There is no such method, preset or option, a value is not allowed, or the method trains no model.</exception>
    public static AemloOptions ResolveTraining(V1.MethodSpec message) => Resolve(message) as AemloOptions
        ?? throw new ContractException("method.method", $"'{Short(message.Method)}' trains no model; allowed: {Aemlo}, or empty (Oversample takes every method)");

    /// <summary>The message of options, with every one that is set.</summary>
    public static V1.MethodSpec ToMessage(ResamplingOptions options)
    {
        var message = new V1.MethodSpec { Method = options.Method, Preset = options.Preset };
        message.Options.Add(SetOptions(options));
        return message;
    }

    /// <summary>Every option that is set, by name, in invariant text; the preset under <c>preset</c>.</summary>
    public static IReadOnlyDictionary<string, string> ToValues(ResamplingOptions options) => OptionValues.Of(options);

    /// <summary>The options of <see cref="ToValues"/>; one that is left out has its default.</summary>
    /// <param name="method">The method's name; empty for AEMLO.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ContractException">There is no such method or option, or a value is not allowed.</exception>
    public static ResamplingOptions FromValues(string method, IReadOnlyDictionary<string, string> values)
    {
        IResamplingMethod known = ResamplingMethods.Find(method.Length == 0 ? Aemlo : method)
            ?? throw new ContractException("method", $"'{Short(method)}' is not a method");
        ResamplingOptions start = known.Presets[0] with { Preset = values.GetValueOrDefault(OptionValues.PresetKey, ResamplingOptions.DefaultPreset) };
        return Apply(known, start, values.Where(value => value.Key != OptionValues.PresetKey), "options");
    }

    /// <summary>The options of AEMLO from <see cref="ToValues"/>.</summary>
    /// <exception cref="ContractException">There is no such option, or a value is not allowed.</exception>
    public static AemloOptions FromValues(IReadOnlyDictionary<string, string> values) => (AemloOptions)FromValues(Aemlo, values);

    private static ResamplingOptions Apply(IResamplingMethod method, ResamplingOptions options, IEnumerable<KeyValuePair<string, string>> values, string path)
    {
        // Sorted, so that of several mistakes the same one is named each time.
        foreach ((string name, string value) in values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            MethodOption option = method.Options.FirstOrDefault(option => option.Name == name)
                ?? throw new ContractException($"{path}[{Short(name)}]", $"{method.Title} has no such option; GetServerInfo lists them all");
            if (value.Length > Shown)
                throw new ContractException($"{path}[{name}]", FormattableString.Invariant($"a value of {value.Length} characters; allowed: {option.Range}"));
            try
            {
                options = option.Apply(options, value);
            }
            catch (AemloOptionException exception)
            {
                throw new ContractException($"{path}[{name}]", Reason(exception));
            }
        }

        return options;
    }

    // The exception's message speaks of the command line's switch.
    private static string Reason(AemloOptionException exception)
    {
        string start = $"--{exception.Option}: ";
        return exception.Message.StartsWith(start, StringComparison.Ordinal) ? exception.Message[start.Length..] : exception.Message;
    }

    private static Dictionary<string, string> SetOptions(ResamplingOptions options)
    {
        Dictionary<string, string> values = OptionValues.Of(options);
        values.Remove(OptionValues.PresetKey);
        return values;
    }

    // What comes back in an error stays short, whatever was sent.
    private static string Short(string text) => text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "...");
}
