using Spectre.Console;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>Shows a training's progress on standard error while it runs.</summary>
internal static class TrainingProgress
{
    /// <summary>Runs <paramref name="work"/> on the calling thread and shows what it reports.</summary>
    public static T Show<T>(Terminal terminal, ProgressStyle style, int epochs, Func<ProgressTarget?, T> work) => style switch
    {
        ProgressStyle.Lines => work(new ProgressTarget(report => terminal.Error.WriteLine($"{EpochText.State(report)}  {EpochText.Losses(report)}"), terminal.Error.WriteLine)),
        ProgressStyle.Live => Live(terminal, epochs, work),
        _ => work(null),
    };

    private static T Live<T>(Terminal terminal, int epochs, Func<ProgressTarget?, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Live(ProgressView.Starting(epochs, "starting")).Start(live => work(new ProgressTarget(
            report => live.UpdateTarget(ProgressView.Of(report)),
            text => live.UpdateTarget(ProgressView.Starting(epochs, text)))));
    }
}
