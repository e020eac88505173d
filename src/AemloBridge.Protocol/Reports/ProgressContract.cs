using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Training;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Protocol;

/// <summary>The way between the progress of a training and its message.</summary>
public static class ProgressContract
{
    // What google.protobuf.Duration holds: 10,000 years.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(Duration.MaxSeconds);

    /// <summary>The message of an epoch.</summary>
    /// <param name="report">The epoch.</param>
    /// <param name="device">The device really used.</param>
    public static V1.EpochProgress ToMessage(EpochReport report, string device) => new()
    {
        Epoch = (uint)report.Epoch,
        Epochs = (uint)report.Epochs,
        Losses = new V1.LossTerms
        {
            Total = report.Losses.Total,
            Correlation = report.Losses.Correlation,
            OrthonormalityX = report.Losses.OrthonormalityX,
            OrthonormalityY = report.Losses.OrthonormalityY,
            Reconstruction = report.Losses.Reconstruction,
            Structure = report.Losses.Structure,
            Ranking = report.Losses.Ranking,
            CrossEntropy = report.Losses.CrossEntropy,
        },
        MacroF1 = report.MacroF1,
        OnValidation = report.OnValidation,
        RowsPerSecond = report.RowsPerSecond,
        Elapsed = ToDuration(report.Elapsed),
        Remaining = ToDuration(report.Remaining),
        Device = device,
    };

    /// <summary>The epoch of a message.</summary>
    /// <exception cref="ContractException">A number is out of range, or the losses are missing.</exception>
    public static EpochReport FromMessage(V1.EpochProgress message)
    {
        V1.LossTerms losses = message.Losses ?? throw new ContractException("progress.losses", "is not set");
        return new EpochReport(
            Counts.ToInt(message.Epoch, "progress.epoch"),
            Counts.ToInt(message.Epochs, "progress.epochs"),
            new LossTerms(losses.Total, losses.Correlation, losses.OrthonormalityX, losses.OrthonormalityY, losses.Reconstruction, losses.Structure, losses.Ranking, losses.CrossEntropy),
            message.MacroF1,
            message.OnValidation,
            message.RowsPerSecond,
            ToTime(message.Elapsed, "progress.elapsed"),
            ToTime(message.Remaining, "progress.remaining"));
    }

    private static Duration ToDuration(TimeSpan time) => Duration.FromTimeSpan(time > Longest ? Longest : time < -Longest ? -Longest : time);

    private static TimeSpan ToTime(Duration? duration, string field)
    {
        if (duration is null)
            return TimeSpan.Zero;
        try
        {
            return duration.ToTimeSpan();
        }
        catch (InvalidOperationException)
        {
            throw new ContractException(field, "is no valid duration: at most 10,000 years, and less than a second of nanos");
        }
    }
}
