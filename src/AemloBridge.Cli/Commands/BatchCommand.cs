using System.CommandLine;
using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Batch.Output;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Cli.Batch.Running;
using AemloBridge.Cli.Batch.State;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Options;
using AemloBridge.Cli.Output.Progress;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo batch</c>: many oversamplings in one run.</summary>
internal static class BatchCommand
{
    private const int MostJobs = 64;

    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("batch", "Oversample many data sets with many options, rates and seeds, as a plan says.", "aemlo batch plan.yaml");
        var plan = new Argument<string>("PLAN") { Description = "The plan, a YAML file (docs/batch.md)" };
        OptionFactory.RefuseEmpty(plan);
        command.Add(plan);
        Option<string?> report = OptionFactory.Text("--report", "FILE.json", "The report on all entries (default beside the plan); what has been done is kept beside it");
        Option<bool> force = OptionFactory.Switch("--force", "Overwrite files that the batch did not write");
        Option<bool> dry = OptionFactory.Switch("--dry-run", "Show the entries and which of them share a training; write nothing");
        var jobs = new Option<int>("--jobs") { HelpName = "N", Description = $"Entries at once; more than one needs a server; [1, {MostJobs}] (default 1)", DefaultValueFactory = _ => 1 };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int count) || count is < 1 or > MostJobs))
                result.AddError($"--jobs: '{token.Value}' is out of range; allowed: [1, {MostJobs}]");
        });
        foreach (Option option in new Option[] { report, force, dry, jobs })
            command.Add(option);
        var remote = new RemoteOptions(command);
        var reporting = new ReportingOptions(command);
        var progress = new ProgressOption(command);
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(plan);
            int atOnce = parse.GetValue(jobs);
            if (atOnce > 1 && remote.Address(parse) is null)
                throw new UsageException("--jobs: without a server entries are done one at a time, each with all threads; leave it out, or add --server");
            BatchPlan read = PlanReader.Read(path);
            var files = new BatchFiles(path, parse.GetValue(report) ?? BatchFiles.DefaultReport(path), parse.GetValue(force));
            IReadOnlyList<BatchEntry> entries = EntryExpansion.Of(read, context.Cancellation);
            files.RequireDistinct(entries, read.Output.Place);
            if (parse.GetValue(dry))
                return ShowDry(context, parse, reporting, files, entries);
            ProgressStyle style = progress.Get(parse, context.Terminal, reporting.IsQuiet(parse));
            using IEngine engine = remote.Engine(parse);
            IReadOnlyList<EntryResult> results = Run(context, engine, files, entries, atOnce, style);
            if (reporting.IsJson(parse))
                BatchOutput.WriteJson(context.Terminal.Out, files, results);
            else if (!reporting.IsQuiet(parse))
                BatchOutput.WriteText(context.Terminal.Out, files, results);
            return results.Any(result => result.Status == EntryStatus.Failed) ? ExitCodes.Incomplete : ExitCodes.Ok;
        });
        return command;
    }

    private static EntryResult[] Run(CommandContext context, IEngine engine, BatchFiles files, IReadOnlyList<BatchEntry> entries, int jobs, ProgressStyle style)
    {
        using (var seen = BatchState.Look(files.State))
            files.RequireWritable([.. entries.Where(entry => seen.Done(entry) is null)], seen);
        using var state = BatchState.Open(files.State);
        Dictionary<BatchEntry, EntryResult> kept = entries
            .Select(entry => (entry, done: state.Done(entry)))
            .Where(pair => pair.done is not null)
            .ToDictionary(pair => pair.entry, pair => new EntryResult(pair.entry, EntryStatus.Kept, pair.done!.Seconds, pair.done.Report, null));
        BatchEntry[] left = [.. entries.Where(entry => !kept.ContainsKey(entry))];
        var progress = new BatchProgress(context.Terminal, style, left.Length, jobs == 1);
        try
        {
            IReadOnlyDictionary<BatchEntry, EntryResult> now = BatchRun.Do(engine, files, state, progress, left, jobs, context.Cancellation);
            EntryResult[] results = [.. entries.Select(entry => kept.GetValueOrDefault(entry) ?? now[entry])];
            BatchOutput.WriteReport(files, results);
            return results;
        }
        catch
        {
            context.Terminal.Error.WriteLine($"aemlo: {entries.Count(entry => state.Done(entry) is not null)} of {entries.Count} entries are done; the same command goes on from there");
            throw;
        }
    }

    private static int ShowDry(CommandContext context, ParseResult parse, ReportingOptions reporting, BatchFiles files, IReadOnlyList<BatchEntry> entries)
    {
        using var state = BatchState.Look(files.State);
        Dictionary<string, int> numbers = entries.Select(entry => entry.TrainingKey).Distinct().Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => pair.index + 1);
        DryEntry[] dry = [.. entries.Select(entry => new DryEntry(entry, numbers[entry.TrainingKey], state.Done(entry) is not null))];
        if (reporting.IsJson(parse))
            DryRunOutput.WriteJson(context.Terminal.Out, files.Plan, dry);
        else if (!reporting.IsQuiet(parse))
            DryRunOutput.WriteText(context.Terminal.Out, dry);
        return ExitCodes.Ok;
    }
}
