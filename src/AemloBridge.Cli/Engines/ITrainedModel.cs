using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Data;

namespace AemloBridge.Cli.Engines;

/// <summary>A model that was trained just now, or kept from before.</summary>
internal interface ITrainedModel : IDisposable
{
    /// <summary>Writes the model file.</summary>
    void Write(Stream stream, CancellationToken cancellation);

    /// <summary>The report of its training alone; not to be had of a model that was reopened.</summary>
    /// <param name="data">The rows it was trained on.</param>
    /// <param name="totalSeconds">For the whole run.</param>
    RunReport Report(MultiLabelDataset data, double totalSeconds);

    /// <summary>Makes new rows for the data it was trained on; gives what a run gives that trains the model itself.</summary>
    /// <param name="data">The rows it was trained on.</param>
    /// <param name="options">The options it was trained with, but for those of generation and the seed.</param>
    /// <param name="cancellation">Ends it.</param>
    OversampleOutcome Oversample(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation);

    /// <summary>Keeps it for a later process.</summary>
    /// <param name="path">Where to, if it is not kept elsewhere.</param>
    /// <param name="cancellation">Ends it.</param>
    KeptModel Keep(string path, CancellationToken cancellation);
}

/// <summary>A model that a later process can open.</summary>
/// <param name="Reference">Its file, or its id on the server.</param>
/// <param name="Warnings">What its training warned of.</param>
/// <param name="Seconds">How long its training took.</param>
internal sealed record KeptModel(string Reference, IReadOnlyList<string> Warnings, double Seconds);
