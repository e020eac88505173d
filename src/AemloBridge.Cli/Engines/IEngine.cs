using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Output.Progress;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Resampling;

namespace AemloBridge.Cli.Engines;

/// <summary>Where the work of a command is done: in this process, or on a server. Both give the same.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>The server's address; null for this process.</summary>
    string? Server { get; }

    /// <summary>Resamples with the method that the options belong to.</summary>
    OversampleOutcome Oversample(MultiLabelDataset data, ResamplingOptions options, ProgressTarget? show, CancellationToken cancellation);

    /// <summary>Trains.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="checkpoint">Where to keep the state of the training; a server keeps its own.</param>
    /// <param name="show">Shows progress.</param>
    /// <param name="cancellation">Ends it.</param>
    ITrainedModel Train(MultiLabelDataset data, AemloOptions options, CheckpointPolicy? checkpoint, ProgressTarget? show, CancellationToken cancellation);

    /// <summary>Opens what <see cref="ITrainedModel.Keep"/> has kept; null when it is gone or damaged.</summary>
    ITrainedModel? Reopen(KeptModel kept, CancellationToken cancellation);

    /// <summary>Removes what <see cref="ITrainedModel.Keep"/> has kept, if it is still there.</summary>
    void Discard(KeptModel kept);

    /// <summary>The options that a model was trained with.</summary>
    /// <param name="model">A model file, or for a server also the id of a model there.</param>
    /// <param name="cancellation">Ends it.</param>
    AemloOptions ModelOptions(string model, CancellationToken cancellation);

    /// <summary>Makes new rows with a model.</summary>
    /// <param name="model">A model file, or for a server also the id of a model there.</param>
    /// <param name="options">What to make.</param>
    /// <param name="seeds">Rows to make new ones from in place of the model's own, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    GenerateOutcome Generate(string model, AemloOptions options, MultiLabelDataset? seeds, CancellationToken cancellation);

    /// <summary>Measures imbalance.</summary>
    ImbalanceReport Analyze(MultiLabelDataset data, AemloOptions options, CancellationToken cancellation);
}
