using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Entries;

/// <summary>Makes the entries of a plan: every data set with every set, amount and seed, in the plan's order.</summary>
internal static class EntryExpansion
{
    /// <summary>The entries.</summary>
    /// <exception cref="AemloInputException">A data set cannot be read, or two entries would write one file.</exception>
    public static IReadOnlyList<BatchEntry> Of(BatchPlan plan, CancellationToken cancellation)
    {
        var entries = new List<BatchEntry>();
        foreach (PlannedData data in plan.Data)
        {
            string content = ContentHash.OfData(data, cancellation);
            foreach (OptionSet set in plan.Sets)
            {
                foreach (AemloOptions options in WithAmounts(set.Options, plan.Amounts))
                    entries.AddRange(plan.Seeds.Select(seed => One(plan, data, content, set.Name, options with { Seed = seed })));
            }
        }

        return entries;
    }

    private static IEnumerable<AemloOptions> WithAmounts(AemloOptions options, IReadOnlyList<Amount> amounts) => amounts.Count == 0
        ? [options]
        : amounts.Select(amount => AemloOptionCatalog.Get(amount.Option).Apply(amount.Option == Amount.Rate ? options with { Num = null } : options, amount.Text));

    private static BatchEntry One(BatchPlan plan, PlannedData data, string content, string set, AemloOptions options)
    {
        string? rate = options.Num is null ? AemloOptionCatalog.Get(Amount.Rate).Format(options) : null;
        string? num = AemloOptionCatalog.Get(Amount.Num).Format(options);
        string seed = options.Seed!.Value.ToString(CultureInfo.InvariantCulture);
        var values = new Dictionary<string, string?>
        {
            ["data"] = data.Name,
            ["fold"] = data.Fold,
            ["set"] = set,
            ["rate"] = rate,
            ["num"] = num,
            ["seed"] = seed,
        };
        long trainingSeed = plan.TrainingSeed ?? options.Seed.Value;
        AemloOptions training = options with { Seed = trainingSeed };
        return new BatchEntry
        {
            Name = $"{data.Name} {set} {(num is null ? $"rate {rate}" : $"num {num}")} seed {seed}",
            Data = data,
            Set = set,
            Options = options,
            TrainingSeed = trainingSeed,
            Output = plan.Output.Template.Fill(values, plan.Output.Place),
            Content = content,
            TrainingKey = ContentHash.OfTraining(content, training),
            Key = ContentHash.OfEntry(content, training, options),
        };
    }
}
