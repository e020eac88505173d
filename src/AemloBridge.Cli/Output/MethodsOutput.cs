using System.Text.Json;
using AemloBridge.Cli.Help;
using AemloBridge.Cli.Options;
using AemloBridge.Resampling;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Output;

/// <summary>Shows what methods there are.</summary>
internal static class MethodsOutput
{
    /// <summary>For people: one entry a method, with the names of its options.</summary>
    public static void WriteList(TextWriter output, int width, IReadOnlyList<IResamplingMethod> methods)
    {
        HelpRow.Write(output, width, [.. methods.Select(method => new HelpRow(method.Name, $"{method.Title}: {method.Description}. Options: {string.Join(", ", method.Options.Select(option => option.Name))}."))]);
        output.WriteLine();
        output.WriteLine("'aemlo methods NAME' describes a method's options; 'aemlo oversample DATA --method NAME' runs it.");
    }

    /// <summary>For people: everything of each method.</summary>
    public static void WriteText(TextWriter output, int width, IReadOnlyList<IResamplingMethod> methods)
    {
        string separator = string.Empty;
        foreach (IResamplingMethod method in methods)
        {
            output.Write(separator);
            separator = Environment.NewLine;
            output.WriteLine($"{method.Title} ({method.Name}): {method.Description}.");
            output.WriteLine($"Source: {method.Source}");
            if (method.Presets.Count > 1)
                output.WriteLine($"Presets: {string.Join(", ", method.Presets.Select(preset => preset.Preset))}");
            output.WriteLine("Options:");
            HelpRow.Write(output, width, [.. method.Options.Select(option => Row(method, option))]);
        }
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<IResamplingMethod> methods) => Json.Write(output, writer =>
    {
        writer.WriteStartArray();
        foreach (IResamplingMethod method in methods)
        {
            writer.WriteStartObject();
            writer.WriteString("name", method.Name);
            writer.WriteString("title", method.Title);
            writer.WriteString("description", method.Description);
            writer.WriteString("source", method.Source);
            writer.WriteBoolean("trains", method.Trains);
            writer.WriteStrings("presets", method.Presets.Select(preset => preset.Preset));
            writer.WriteStartArray("options");
            foreach (MethodOption option in method.Options)
                WriteOption(writer, option);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static HelpRow Row(IResamplingMethod method, MethodOption option)
    {
        string value = option.Type switch
        {
            OptionType.Choice => string.Join('|', option.Choices),
            OptionType.Flag => "[true|false]",
            OptionType.Integer => "N",
            _ => "X",
        };
        return new HelpRow($"--{option.Name} {value}", MethodSwitch.Describe(option, MethodOptions.DefaultsOfPresets(option, method.Presets)));
    }

    private static void WriteOption(Utf8JsonWriter writer, MethodOption option)
    {
        writer.WriteStartObject();
        writer.WriteString("name", option.Name);
        writer.WriteString("type", option.Type.ToString().ToLowerInvariant());
        writer.WriteString("description", option.Description);
        writer.WriteString("unit", option.Unit);
        writer.WriteString("source", option.Source);
        writer.WriteString("default", option.Default);
        writer.WriteString("range", option.Range);
        if (option.UnsetMeaning is { } meaning)
            writer.WriteString("unset", meaning);
        writer.WriteEndObject();
    }
}
