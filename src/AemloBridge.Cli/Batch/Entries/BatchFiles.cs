using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Cli.Batch.State;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Entries;

/// <summary>The files of a batch: what it reads, what it writes, and where it keeps what a later run goes on from.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Report">The report on all entries.</param>
/// <param name="Overwrite">Whether files that the batch did not write may be replaced.</param>
internal sealed record BatchFiles(string Plan, string Report, bool Overwrite)
{
    /// <summary>What has been done.</summary>
    public string State => Path.ChangeExtension(Report, ".state.jsonl");

    /// <summary>Models and checkpoints that entries still need.</summary>
    public string Work => Path.ChangeExtension(Report, ".work");

    /// <summary>The report that goes with a plan when none is named.</summary>
    public static string DefaultReport(string plan) => Path.ChangeExtension(plan, ".report.json");

    /// <summary>Requires that no file is written twice, and that none of those read is written.</summary>
    /// <exception cref="AemloInputException">It is; the entries are named.</exception>
    public void RequireDistinct(IReadOnlyList<BatchEntry> entries, PlanPlace place)
    {
        var owners = new Dictionary<string, string>(FileIdentity.Comparer);
        owners.TryAdd(FileIdentity.Resolve(Plan), "the plan itself");
        foreach (BatchEntry entry in entries)
        {
            owners.TryAdd(FileIdentity.Resolve(entry.Data.Path), $"the data set {entry.Data.Path}");
            string? labels = entry.Data.Labels.XmlPath ?? (entry.Data.Labels.Kind == LabelSelectionKind.Automatic ? Path.ChangeExtension(entry.Data.Path, ".xml") : null);
            if (labels is not null)
                owners.TryAdd(FileIdentity.Resolve(labels), $"the label file {labels}");
        }

        foreach (string file in new[] { Report, State })
            Take(file, $"the batch's own {file}", null);
        foreach (BatchEntry entry in entries)
        {
            Take(entry.Output, $"the output of '{entry.Name}'", entry);
            if (entry.LabelFile != entry.Output)
                Take(entry.LabelFile, $"the label file of '{entry.Name}'", entry);
        }

        void Take(string file, string owner, BatchEntry? entry)
        {
            string resolved = FileIdentity.Resolve(file);
            if (owners.TryAdd(resolved, owner))
                return;
            if (entry is null)
                throw new UsageException($"{ReportName}: {file} is {owners[resolved]} already; choose another name");
            throw place.Wrong($"{file} would be {owner}, and is {owners[resolved]}; a path that holds {{data}}, {{set}}, {{rate}} (or {{num}}) and {{seed}} keeps them apart");
        }
    }

    /// <summary>Makes the folders of outputs and requires, before any work, that everything can be written.</summary>
    /// <param name="entries">The entries left to do.</param>
    /// <param name="state">What has been done.</param>
    /// <exception cref="OutputException">Something cannot be written, or exists and is not this batch's.</exception>
    public void RequireWritable(IReadOnlyList<BatchEntry> entries, BatchState state) => Writing.Do(() =>
    {
        foreach (BatchEntry entry in entries)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(entry.Output))!);
            Writing.CheckData(entry.Output, Overwrite || state.HasBegun(entry));
        }

        AtomicFile.Begin(Report, Overwrite || !state.IsNew).Dispose();
        return Report;
    });

    private const string ReportName = "--report";
}
