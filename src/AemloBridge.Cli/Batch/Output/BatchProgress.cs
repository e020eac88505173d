using System.Globalization;
using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Batch.Running;
using AemloBridge.Cli.Output;
using AemloBridge.Cli.Output.Progress;

namespace AemloBridge.Cli.Batch.Output;

/// <summary>Shows on standard error how a batch gets on. Safe to call from any thread.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="style">How.</param>
/// <param name="total">Entries to do.</param>
/// <param name="single">Whether one thing is done at a time, so that a live bar has a place.</param>
internal sealed class BatchProgress(Terminal terminal, ProgressStyle style, int total, bool single)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _warned = [];
    private int _ended;

    /// <summary>Does a training and shows it.</summary>
    /// <param name="entry">The entry that needs it first.</param>
    /// <param name="sharing">How many entries share it.</param>
    /// <param name="work">The training.</param>
    public T Training<T>(BatchEntry entry, int sharing, Func<ProgressTarget?, T> work)
    {
        if (style == ProgressStyle.None)
            return work(null);
        Line($"{entry.Name}: training{(sharing > 1 ? $" for {sharing} entries" : string.Empty)}");
        if (style == ProgressStyle.Live)
            return single ? TrainingProgress.Show(terminal, style, entry.Options.Epochs, work) : work(null);
        return work(new ProgressTarget(report => Line($"{entry.Name}: {EpochText.Pace(report)}  {EpochText.Score(report)}"), text => Line($"{entry.Name}: {text}")));
    }

    /// <summary>Tells that an entry has ended: its errors and warnings always, each warning once.</summary>
    public void Ended(EntryResult result)
    {
        lock (_lock)
        {
            _ended++;
            foreach (string warning in result.Report?.Warnings ?? [])
            {
                if (_warned.Add($"{result.Entry.Data.Name} {warning}"))
                    terminal.Error.WriteLine($"aemlo: warning: {result.Entry.Name}: {warning}");
            }

            if (result.Error is { } error)
                terminal.Error.WriteLine($"aemlo: error: {result.Entry.Name}: {error}");
            if (style != ProgressStyle.None)
                terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{_ended}/{total}] {result.Entry.Name}: {(result.Error is null ? "done" : "failed")} ({result.Seconds:0.0} s)"));
        }
    }

    private void Line(string text)
    {
        lock (_lock)
            terminal.Error.WriteLine(text);
    }
}
