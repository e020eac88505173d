using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Errors;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Reads the option sets of a plan.</summary>
internal static class OptionSetReader
{
    private const string SeedKey = "seed";

    private static readonly string[] Names = [OptionValues.PresetKey, .. AemloOptionCatalog.All.Select(option => option.Name)];

    /// <summary>The sets; one named <c>default</c> where there are none.</summary>
    /// <param name="node">What stands after <c>sets</c>, or null.</param>
    /// <param name="hasAmounts">Whether the plan itself says how many rows to make.</param>
    /// <exception cref="Data.AemloInputException">An option is not known, or its value not allowed.</exception>
    public static IReadOnlyList<OptionSet> Read(PlanNode? node, bool hasAmounts)
    {
        if (node is null)
            return [new OptionSet(AemloPresets.DefaultName, AemloPresets.Default)];
        IReadOnlyDictionary<string, PlanNode> sets = node.Map();
        if (sets.Count == 0)
            throw node.Place.Wrong("there is no set; leave the key out, or name at least one");
        return [.. sets.Select(set => ReadOne(EntryName.Check(set.Key, set.Value.Place), set.Value, hasAmounts))];
    }

    /// <summary>Options with one of them changed.</summary>
    /// <exception cref="Data.AemloInputException">The value is not allowed.</exception>
    public static AemloOptions Apply(AemloOptions options, MethodOption<AemloOptions> option, PlanNode value)
    {
        try
        {
            return option.Apply(options, value.Text);
        }
        catch (AemloOptionException exception)
        {
            // The message begins with the switch of the command line; here the key stands before it.
            throw value.Place.Wrong(exception.Message[(exception.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
    }

    private static OptionSet ReadOne(string name, PlanNode node, bool hasAmounts)
    {
        if (node.IsEmpty)
            return new OptionSet(name, AemloPresets.Default);
        IReadOnlyDictionary<string, PlanNode> values = node.Map(Names);
        AemloOptions options = values.TryGetValue(OptionValues.PresetKey, out PlanNode? preset) ? Preset(preset) : AemloPresets.Default;
        foreach ((string key, PlanNode value) in values.Where(pair => pair.Key != OptionValues.PresetKey))
        {
            if (key == SeedKey)
                throw value.Place.Wrong("seeds stand in 'seeds', and in 'training-seed' for trainings that several share");
            if (hasAmounts && key is Amount.Rate or Amount.Num)
                throw value.Place.Wrong("'rates' or 'nums' of the plan says how many rows to make; leave one out");
            options = Apply(options, AemloOptionCatalog.Get(key), value);
        }

        return new OptionSet(name, options);
    }

    private static AemloOptions Preset(PlanNode node)
    {
        string name = node.Text;
        return AemloPresets.Names.Contains(name)
            ? AemloPresets.Get(name)
            : throw node.Place.Wrong($"'{name}' is not a preset{(Suggestion.Nearest(name, AemloPresets.Names) is { } nearest ? $" (did you mean '{nearest}'?)" : string.Empty)}; allowed: {string.Join(", ", AemloPresets.Names)}");
    }
}
