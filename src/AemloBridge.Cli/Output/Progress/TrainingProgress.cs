using Spectre.Console;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>Shows a training's progress on standard error while it runs.</summary>
internal static class TrainingProgress
{
    /// <summary>Runs <paramref name="work"/> on the calling thread and shows what it reports.</summary>
    public static T Show<T>(Terminal terminal, ProgressStyle style, int epochs, Func<ProgressTarget?, T> work) => style switch
    {
        ProgressStyle.Lines => Lines(terminal, work),
        ProgressStyle.Live => Live(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }), terminal, epochs, work),
        _ => work(null),
    };

    /// <summary>A bar drawn in place; lines on a terminal that cannot move its cursor (TERM=dumb), where each drawing would stay.</summary>
    internal static T Live<T>(IAnsiConsole console, Terminal terminal, int epochs, Func<ProgressTarget?, T> work) =>
        console.Profile.Capabilities.Ansi
            ? console.Live(ProgressView.Starting(epochs, "starting")).Start(live => work(new ProgressTarget(
                report => live.UpdateTarget(ProgressView.Of(report)),
                text => live.UpdateTarget(ProgressView.Starting(epochs, text)))))
            : Lines(terminal, work);

    private static T Lines<T>(Terminal terminal, Func<ProgressTarget?, T> work) =>
        work(new ProgressTarget(report => terminal.Error.WriteLine(EpochText.Line(report)), terminal.Error.WriteLine));
}
