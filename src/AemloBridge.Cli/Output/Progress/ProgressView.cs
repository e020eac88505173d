using AemloBridge.Aemlo.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>What the live display draws: a bar with the pace beside it, macro-F and the terms of the loss below.</summary>
internal static class ProgressView
{
    private const int BarWidth = 24;

    /// <summary>Before the first epoch has ended, and while none can: with the reason.</summary>
    public static IRenderable Starting(int epochs, string text) => new Markup($"{Bar(0, epochs)} {Markup.Escape(text)}");

    /// <summary>After an epoch.</summary>
    public static IRenderable Of(EpochReport report) => new Rows(
        new Markup($"{Bar(report.Epoch, report.Epochs)} {Markup.Escape(EpochText.Pace(report))}"),
        new Markup($"[grey]{Markup.Escape($"{EpochText.Score(report)}  {EpochText.Losses(report)}")}[/]"));

    private static string Bar(int done, int all)
    {
        int filled = all == 0 ? BarWidth : (int)((long)done * BarWidth / all);
        return $"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]";
    }
}
