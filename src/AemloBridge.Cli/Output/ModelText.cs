using System.Globalization;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;

namespace AemloBridge.Cli.Output;

/// <summary>Describes model files for people.</summary>
internal static class ModelText
{
    private const string None = "none";

    /// <summary>Writes one model in full, or several one per line; files that cannot be used with the reason.</summary>
    public static void WriteList(TextWriter output, IReadOnlyList<ModelListing> found)
    {
        ModelDescription[] usable = [.. found.Where(item => item.Description is not null).Select(item => item.Description!)];
        if (found.Count == 0)
            output.WriteLine($"no model files here (*{ModelFile.Extension})");
        else if (found.Count == 1 && usable.Length == 1)
            WriteOne(output, usable[0]);
        else if (usable.Length > 0)
            WriteTable(output, usable);
        foreach (ModelListing item in found.Where(item => item.Error is not null))
            output.WriteLine($"not usable: {item.Error}");
    }

    /// <summary>Writes everything known of one model.</summary>
    public static void WriteOne(TextWriter output, ModelDescription model)
    {
        Facts.Write(
            output,
            ("model", model.Path),
            ("relation", model.Schema.RelationName),
            ("trained on", $"{Figures.Count(model.Training.Rows)} rows, {model.Schema.FeatureCount} features, {model.Schema.LabelCount} labels"),
            ("minority labels", model.MinorityLabels.Count == 0 ? None : string.Join(", ", model.MinorityLabels)),
            ("minority rows (|M|)", Figures.Count(model.SeedRows)),
            ("preset", model.Options.Preset),
            ("options changed", Changed(model.Options)),
            ("epochs", $"{model.Training.Epochs.Count} (weights of epoch {model.Training.KeptEpoch})"),
            ("macro-F", model.Training.Epochs is [.., var last] ? Figures.Fine(last.MacroF1) : "-"),
            ("seed", model.Training.Seed.ToString(CultureInfo.InvariantCulture)),
            ("device", $"{model.Training.Device}, {model.Training.Threads} threads"),
            ("training time", string.Create(CultureInfo.InvariantCulture, $"{model.Training.Seconds:0.0} s")),
            ("file", $"{Figures.Count(model.Bytes)} bytes, format {model.FormatVersion}, aemlo {model.ProgramVersion}"));
    }

    /// <summary>The options that differ from the preset's, as they are given on the command line.</summary>
    internal static string Changed(AemloOptions options)
    {
        AemloOptions preset = AemloPresets.Names.Contains(options.Preset) ? AemloPresets.Get(options.Preset) : AemloPresets.Default;
        string[] changed = [.. AemloOptionCatalog.All
            .Where(option => option.Name != "seed" && option.Format(options) != option.Format(preset))
            .Select(option => $"--{option.Name} {option.Format(options)}")];
        return changed.Length == 0 ? None : string.Join(' ', changed);
    }

    private static void WriteTable(TextWriter output, IEnumerable<ModelDescription> models)
    {
        var table = new TextTable("model", "preset", "rows", "features", "labels", "|M|", "epochs", "seed", "bytes");
        foreach (ModelDescription model in models)
        {
            table.Add(
                Path.GetFileName(model.Path),
                model.Options.Preset,
                Figures.Count(model.Training.Rows),
                Figures.Count(model.Schema.FeatureCount),
                Figures.Count(model.Schema.LabelCount),
                Figures.Count(model.SeedRows),
                Figures.Count(model.Training.Epochs.Count),
                model.Training.Seed.ToString(CultureInfo.InvariantCulture),
                Figures.Count(model.Bytes));
        }

        table.Write(output);
    }
}
