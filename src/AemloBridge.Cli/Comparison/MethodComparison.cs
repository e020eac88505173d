using System.Diagnostics;
using AemloBridge.Cli.Batch.Running;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Comparison;

/// <summary>What one method at its defaults made of a data set.</summary>
/// <param name="Method">The method.</param>
/// <param name="Outcome">What it gave; null when it could not be run.</param>
/// <param name="Error">Why it could not be run; null when it was.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ComparedMethod(IResamplingMethod Method, OversampleOutcome? Outcome, string? Error, double Seconds);

/// <summary>Runs every method at its defaults on one data set.</summary>
internal static class MethodComparison
{
    /// <summary>The seed of every run, so that a comparison can be repeated.</summary>
    public const long Seed = 1;

    /// <summary>Runs the methods one after the other; one that cannot be run does not stop the rest, but a server that is lost does.</summary>
    /// <param name="engine">Where.</param>
    /// <param name="data">The data set.</param>
    /// <param name="terminal">Is told which method runs.</param>
    /// <param name="quiet">Whether it is not.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<ComparedMethod> Run(IEngine engine, MultiLabelDataset data, Terminal terminal, bool quiet, CancellationToken cancellation) =>
        [.. ResamplingMethods.All.Select(method =>
        {
            if (!quiet)
                terminal.Error.WriteLine($"aemlo: running {method.Title}");
            return RunOne(engine, data, method, cancellation);
        })];

    private static ComparedMethod RunOne(IEngine engine, MultiLabelDataset data, IResamplingMethod method, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            OversampleOutcome outcome = engine.Oversample(data, method.Presets[0] with { Seed = Seed }, null, cancellation);
            return new ComparedMethod(method, outcome, null, watch.Elapsed.TotalSeconds);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !ServerLoss.Is(exception))
        {
            return new ComparedMethod(method, null, Failure.From(exception).Message, watch.Elapsed.TotalSeconds);
        }
    }
}
