using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Resampling;

/// <summary>A resampling method: what it is called, which options it takes, and how it is run. <see cref="ResamplingMethods"/> lists all.</summary>
public interface IResamplingMethod
{
    /// <summary>The name on the command line and on the wire: lower case, for example <c>mlsmote</c>.</summary>
    string Name { get; }

    /// <summary>The name in the literature, for example <c>MLSMOTE</c>.</summary>
    string Title { get; }

    /// <summary>What it does, in one sentence without a full stop.</summary>
    string Description { get; }

    /// <summary>The publication it is specified in.</summary>
    string Source { get; }

    /// <summary>True when it trains a model, whose epochs are reported as progress.</summary>
    bool Trains { get; }

    /// <summary>The options, in the order help shows them; the last ones are those that every method has.</summary>
    IReadOnlyList<MethodOption> Options { get; }

    /// <summary>Named starting points; the first is the default.</summary>
    IReadOnlyList<ResamplingOptions> Presets { get; }

    /// <summary>Checks every option against its range.</summary>
    /// <param name="options">Options of this method.</param>
    /// <exception cref="AemloOptionException">One is out of range; the first is named.</exception>
    /// <exception cref="ArgumentException">They are another method's.</exception>
    void Validate(ResamplingOptions options);

    /// <summary>Runs it. Blocks until done. The same data, options and seed give the same result on every device and with any number of threads, except where training is involved.</summary>
    /// <param name="data">The given rows.</param>
    /// <param name="options">Options of this method.</param>
    /// <param name="progress">Told after each epoch by methods that train.</param>
    /// <param name="cancellationToken">Honoured at every step of the work.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The data set has no rows, features or labels, holds a value that is no number, or nothing would be left of it.</exception>
    /// <exception cref="Devices.DeviceException">The device asked for cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ArgumentException">The options are another method's.</exception>
    ResamplingResult Run(MultiLabelDataset data, ResamplingOptions options, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default);
}
