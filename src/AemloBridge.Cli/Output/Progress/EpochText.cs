using System.Globalization;
using AemloBridge.Aemlo.Training;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>An epoch's report in words.</summary>
internal static class EpochText
{
    /// <summary>Everything in one line.</summary>
    public static string Line(EpochReport report) => $"{Pace(report)}  {Score(report)}  {Losses(report)}";

    /// <summary>Epoch, speed and time left: what fits beside a bar.</summary>
    public static string Pace(EpochReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {report.Epoch}/{report.Epochs}  {report.RowsPerSecond:N0} rows/s  {Time(report.Remaining)} left");

    /// <summary>Macro-F, and on which rows it was measured.</summary>
    public static string Score(EpochReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"macro-F {report.MacroF1:0.000} ({(report.OnValidation ? "validation" : "training")} rows)");

    /// <summary>Every term of the loss.</summary>
    public static string Losses(EpochReport report) => string.Join(
        "  ",
        report.Losses.Named.Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Key} {term.Value:G4}")));

    /// <summary>Hours, minutes and seconds; the hours only when there are any.</summary>
    public static string Time(TimeSpan span) =>
        span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span:mm\\:ss}")
            : string.Create(CultureInfo.InvariantCulture, $"{span:m\\:ss}");
}
