using AemloBridge.Aemlo.Training;

namespace AemloBridge.Cli.Output.Progress;

/// <summary>Takes what happens during a run and shows it, at once and on the thread that tells it.</summary>
/// <param name="show">Shows an epoch.</param>
/// <param name="note">Shows a sentence: waiting in a queue, for example.</param>
internal sealed class ProgressTarget(Action<EpochReport> show, Action<string> note) : IProgress<EpochReport>
{
    public void Report(EpochReport value) => show(value);

    public void Note(string text) => note(text);
}
