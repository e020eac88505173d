using AemloBridge.Aemlo.Options;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>A plan as it is written: what to read, how, and where to write.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Data">The data sets, each file of its own.</param>
/// <param name="Sets">The option sets.</param>
/// <param name="Amounts">How many new rows; empty leaves it to the sets.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="TrainingSeed">The one seed of every training; null trains each seed anew.</param>
/// <param name="Output">Where the results go.</param>
internal sealed record BatchPlan(
    string Path,
    IReadOnlyList<PlannedData> Data,
    IReadOnlyList<OptionSet> Sets,
    IReadOnlyList<Amount> Amounts,
    IReadOnlyList<long> Seeds,
    long? TrainingSeed,
    OutputTemplate Output);

/// <summary>One data set.</summary>
/// <param name="Name">What <c>{data}</c> stands for.</param>
/// <param name="Fold">What <c>{fold}</c> stands for; null without folds.</param>
/// <param name="Path">Its file.</param>
/// <param name="Labels">Which attributes are labels.</param>
/// <param name="Reading">What to do with labels whose meaning is open.</param>
/// <param name="Place">Where the plan names it.</param>
internal sealed record PlannedData(string Name, string? Fold, string Path, LabelSelection Labels, ArffReadOptions Reading, PlanPlace Place);

/// <summary>A named set of options.</summary>
/// <param name="Name">What <c>{set}</c> stands for.</param>
/// <param name="Options">The options; without a seed.</param>
internal sealed record OptionSet(string Name, AemloOptions Options);

/// <summary>How many new rows: one option of the method with its value.</summary>
/// <param name="Option"><c>rate</c> or <c>num</c>.</param>
/// <param name="Text">The value as the catalogue writes it.</param>
internal sealed record Amount(string Option, string Text)
{
    public const string Rate = "rate";
    public const string Num = "num";
}

/// <summary>Where the results go: a path with placeholders.</summary>
/// <param name="Template">The path.</param>
/// <param name="Place">Where it stands in the plan.</param>
internal sealed record OutputTemplate(PathTemplate Template, PlanPlace Place);
