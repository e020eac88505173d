using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Protocol;

/// <summary>The way between options and their message, and the description of the methods for GetServerInfo.</summary>
public static class MethodContract
{
    /// <summary>The name of AEMLO among the methods.</summary>
    public const string Aemlo = "aemlo";

    private const string PresetKey = "preset";
    private const int Shown = 60;

    /// <summary>Every method that this build knows.</summary>
    public static IReadOnlyList<V1.MethodInfo> DescribeAll() => [Describe()];

    /// <summary>AEMLO, with every option and preset.</summary>
    public static V1.MethodInfo Describe()
    {
        var message = new V1.MethodInfo { Name = Aemlo, Description = "Autoencoder-guided multi-label oversampling: trains two encoders into one latent space and decodes new rows for rare labels." };
        message.Options.AddRange(AemloOptionCatalog.All.Select(OptionDescription.Of));
        message.Presets.AddRange(AemloPresets.Names.Select(name =>
        {
            var preset = new V1.PresetInfo { Name = name };
            preset.Options.Add(OptionValues(AemloPresets.Get(name)));
            return preset;
        }));
        return message;
    }

    /// <summary>The options that a request asks for: its preset, changed as it says.</summary>
    /// <param name="message">The request's method.</param>
    /// <exception cref="ContractException">There is no such method, preset or option, or a value is not allowed.</exception>
    public static AemloOptions Resolve(V1.MethodSpec message)
    {
        if (message.Method.Length != 0 && message.Method != Aemlo)
            throw new ContractException("method.method", $"'{Short(message.Method)}' is not a method of this server; allowed: {Aemlo}, or empty");
        string preset = message.Preset.Length == 0 ? AemloPresets.DefaultName : message.Preset;
        if (!AemloPresets.Names.Contains(preset))
            throw new ContractException("method.preset", $"'{Short(preset)}' is not a preset; allowed: {string.Join(", ", AemloPresets.Names)}, or empty");
        return Apply(AemloPresets.Get(preset), message.Options, "method.options");
    }

    /// <summary>The message of options, with every one that is set.</summary>
    public static V1.MethodSpec ToMessage(AemloOptions options)
    {
        var message = new V1.MethodSpec { Method = Aemlo, Preset = options.Preset };
        message.Options.Add(OptionValues(options));
        return message;
    }

    /// <summary>Every option that is set, by name, in invariant text; the preset under <c>preset</c>.</summary>
    public static IReadOnlyDictionary<string, string> ToValues(AemloOptions options)
    {
        Dictionary<string, string> values = OptionValues(options);
        values.Add(PresetKey, options.Preset);
        return values;
    }

    /// <summary>The options of <see cref="ToValues"/>; one that is left out has the value of the preset <c>default</c>.</summary>
    /// <exception cref="ContractException">There is no such option, or a value is not allowed.</exception>
    public static AemloOptions FromValues(IReadOnlyDictionary<string, string> values) => Apply(
        AemloPresets.Default with { Preset = values.GetValueOrDefault(PresetKey, AemloPresets.DefaultName) },
        values.Where(value => value.Key != PresetKey),
        "options");

    private static AemloOptions Apply(AemloOptions options, IEnumerable<KeyValuePair<string, string>> values, string path)
    {
        // Sorted, so that of several mistakes the same one is named each time.
        foreach ((string name, string value) in values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            MethodOption<AemloOptions> option = AemloOptionCatalog.All.FirstOrDefault(option => option.Name == name)
                ?? throw new ContractException($"{path}[{Short(name)}]", "there is no such option; GetServerInfo lists them all");
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

    private static Dictionary<string, string> OptionValues(AemloOptions options) => AemloOptionCatalog.All
        .Select(option => (option.Name, Value: option.Format(options)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Value!);

    // What comes back in an error stays short, whatever was sent.
    private static string Short(string text) => text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "...");
}
