using System.Diagnostics;
using System.Security.Cryptography;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Imbalance;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Training;

/// <summary>Trains AEMLO on a data set.</summary>
public static class AemloTrainer
{
    /// <summary>Trains, tunes the thresholds, and returns the model. Blocks until done.</summary>
    /// <param name="data">The given rows; scaling, thresholds and minority labels come from them and from nothing else.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Told after each epoch, on the training thread.</param>
    /// <param name="checkpoint">Where to keep the state between epochs; null keeps none.</param>
    /// <param name="cancellationToken">Honoured before every step.</param>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException">The data set has no rows, features or labels, or holds a value that is no number.</exception>
    /// <exception cref="AemloTrainingException">The loss left the range of numbers.</exception>
    /// <exception cref="DeviceException">The device asked for cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static AemloModel Train(
        MultiLabelDataset data,
        AemloOptions options,
        IProgress<EpochReport>? progress = null,
        CheckpointPolicy? checkpoint = null,
        CancellationToken cancellationToken = default)
    {
        AemloOptionCatalog.Validate(options);
        UsableData.Require(data);
        BatchBuilder.RequireSize(data, options.BatchSize);
        options = options with { Seed = options.Seed ?? checkpoint?.ExistingSeed() ?? DrawSeed() };
        return TrainingThread.Run(options.Threads, threads => TrainHere(data, options, threads, progress, checkpoint, cancellationToken));
    }

    /// <summary>A seed for a run that was given none.</summary>
    internal static long DrawSeed() => RandomNumberGenerator.GetInt32(int.MaxValue);

    private static AemloModel TrainHere(
        MultiLabelDataset data,
        AemloOptions options,
        int threads,
        IProgress<EpochReport>? progress,
        CheckpointPolicy? checkpoint,
        CancellationToken cancellationToken)
    {
        ComputeDevice device = ComputeDevice.Resolve(options.Device);
        var watch = Stopwatch.StartNew();
        using var noGradients = TorchSharp.torch.no_grad();
        using var session = new TrainingSession(data, options, device.Device, threads);
        try
        {
            TimeSpan before = checkpoint?.Resume(session, data, options) ?? TimeSpan.Zero;
            while (session.Epochs.Count < options.Epochs)
            {
                EpochReport report = session.RunEpoch(before + watch.Elapsed, cancellationToken);
                checkpoint?.Save(session, data, options, report);
                progress?.Report(report);
            }

            session.RestoreKeptWeights();
            LabelThresholds thresholds = session.TuneThresholds(cancellationToken);
            double[] cuts = session.ComputeBinaryCuts(cancellationToken);
            bool[] minority = ImbalanceMeasures.MinorityLabels(data.Labels, options.MinorityRule, options.MinorityCut);
            SeedPool seeds = SeedPool.From(data, minority);
            var summary = new TrainingSummary(
                options.Seed!.Value,
                device.Name,
                TorchRuntime.Describe().Version,
                threads,
                data.RowCount,
                session.Split.Training.Length,
                session.Split.IsHeldOut ? session.Split.Evaluation.Length : 0,
                session.KeptEpoch,
                data.Source?.Sha256,
                session.Epochs,
                (before + watch.Elapsed).TotalSeconds,
                TrainingWarnings.Of(data, session.Encoder, session.Split, thresholds, seeds, options));
            return new AemloModel(options, data.Schema, session.Encoder, session.Network, thresholds.Values, cuts, minority, seeds, summary);
        }
        catch
        {
            session.Network.Dispose();
            throw;
        }
    }
}
