using AemloBridge.Aemlo.Training;
using Spectre.Console;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>Shows a training's progress on standard error while it runs.</summary>
internal static class TrainingProgress
{
    /// <summary>Runs <paramref name="work"/> on the calling thread and shows what it reports.</summary>
    public static T Show<T>(Terminal terminal, ProgressStyle style, int epochs, Func<IProgress<EpochReport>?, T> work) => style switch
    {
        ProgressStyle.Lines => work(new Reporter(report => terminal.Error.WriteLine($"{EpochText.State(report)}  {EpochText.Losses(report)}"))),
        ProgressStyle.Live => Live(terminal, epochs, work),
        _ => work(null),
    };

    private static T Live<T>(Terminal terminal, int epochs, Func<IProgress<EpochReport>?, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Live(ProgressView.Starting(epochs)).Start(live => work(new Reporter(report => live.UpdateTarget(ProgressView.Of(report)))));
    }

    /// <summary>Reports at once, on the thread of the training; <see cref="Progress{T}"/> would hand over to the thread pool.</summary>
    private sealed class Reporter(Action<EpochReport> show) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => show(value);
    }
}
