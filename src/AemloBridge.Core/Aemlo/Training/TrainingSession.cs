using System.Diagnostics;
using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// One training, epoch by epoch, on the thread that made it. Its state (weights, optimizer, random stream) can be
/// taken out after any epoch and put back into a new session, which then goes on to the same result.
/// </summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly MultiLabelDataset _data;
    private readonly AemloOptions _options;
    private readonly int _threads;
    private readonly AemloObjective _objective;
    private readonly FlatAdam _adam;
    private readonly BatchBuilder _batches;
    private readonly BatchBuilder _evaluation;
    private readonly SeededRandom _order;
    private readonly List<EpochRecord> _epochs = [];
    private Tensor? _best;
    private double _bestLoss = double.PositiveInfinity;

    /// <param name="data">The given rows.</param>
    /// <param name="options">Validated options with a seed.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="threads">CPU threads.</param>
    public TrainingSession(MultiLabelDataset data, AemloOptions options, Device device, int threads)
    {
        _data = data;
        _options = options;
        _threads = threads;
        long seed = options.Seed ?? throw new ArgumentException("the seed must be drawn before", nameof(options));
        Encoder = FeatureEncoder.Fit(data.Schema, data.Features);
        Split = RowSplit.Draw(data.RowCount, options.ValidationShare, new SeededRandom(seed, RandomStream.Split));
        Network = new AemloNetwork(NetworkShape.Of(options, Encoder.Width, data.Schema.LabelCount), ScalarType.Float32, device);
        _order = new SeededRandom(seed, RandomStream.Batches);
        try
        {
            Network.Initialize(new SeededRandom(seed, RandomStream.Weights));
            _objective = new AemloObjective(Network, LossWeights.Of(options));
            _adam = new FlatAdam(Network.Parameters.Values, Network.Parameters.Gradients, options.LearningRate);
            _batches = new BatchBuilder(data, Encoder, Math.Min(options.BatchSize, Split.Training.Length), device);
            _evaluation = new BatchBuilder(data, Encoder, Math.Min(NetworkInference.ChunkRows, data.RowCount), device);
        }
        catch
        {
            // A device may run out of memory at any of these.
            Network.Dispose();
            _adam?.Dispose();
            _batches?.Dispose();
            throw;
        }
    }

    public FeatureEncoder Encoder { get; }

    public AemloNetwork Network { get; }

    public RowSplit Split { get; }

    /// <summary>The epochs worked off so far.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The epoch whose weights will be kept.</summary>
    public int KeptEpoch { get; private set; }

    /// <summary>Works off one epoch.</summary>
    /// <exception cref="AemloTrainingException">A term of the loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; checked before every step.</exception>
    public EpochReport RunEpoch(TimeSpan elapsedBefore, CancellationToken cancellationToken)
    {
        int epoch = _epochs.Count + 1;
        var watch = Stopwatch.StartNew();
        LossTerms losses = RunBatches(epoch, cancellationToken);
        double training = watch.Elapsed.TotalSeconds;
        if (_options.Keep == KeepRule.Last || losses.Total < _bestLoss)
        {
            _bestLoss = losses.Total;
            KeptEpoch = epoch;
            if (_options.Keep == KeepRule.Best)
                (_best ??= zeros_like(Network.Parameters.Values).DetachFromDisposeScope()).copy_(Network.Parameters.Values);
        }

        double macroF1 = TuneThresholds(cancellationToken).MacroF1;
        _epochs.Add(new EpochRecord(epoch, losses, macroF1));
        TimeSpan elapsed = elapsedBefore + watch.Elapsed;
        return new EpochReport(
            epoch,
            _options.Epochs,
            losses,
            macroF1,
            Split.IsHeldOut,
            Split.Training.Length / Math.Max(training, 1e-9),
            elapsed,
            watch.Elapsed * (_options.Epochs - epoch));
    }

    /// <summary>Puts the kept weights back, for what follows the last epoch.</summary>
    public void RestoreKeptWeights()
    {
        if (_best is not null)
            Network.Parameters.Values.copy_(_best);
    }

    /// <summary>Thresholds of the weights as they stand.</summary>
    public LabelThresholds TuneThresholds(CancellationToken cancellationToken)
    {
        float[] scores = NetworkInference.LabelProbabilities(Network, _evaluation, Split.Evaluation, cancellationToken);
        return LabelThresholds.Tune(_options.Threshold, scores, _data.Labels, Split.Evaluation, _threads);
    }

    /// <summary>Cuts of the 0/1 columns for direct decoding, over all given rows.</summary>
    public double[] ComputeBinaryCuts(CancellationToken cancellationToken) =>
        BinaryCuts.Compute(Network, Encoder, _evaluation, [.. Enumerable.Range(0, _data.RowCount)], cancellationToken);

    /// <summary>A copy of everything that the next epoch depends on.</summary>
    public TrainingState Capture() => new(
        Network.Parameters.Values.clone().DetachFromDisposeScope(),
        _adam.FirstMoment.clone().DetachFromDisposeScope(),
        _adam.SecondMoment.clone().DetachFromDisposeScope(),
        _best?.clone().DetachFromDisposeScope(),
        _adam.Steps,
        _order.State,
        _bestLoss,
        KeptEpoch,
        [.. _epochs]);

    /// <summary>Goes back to a captured state.</summary>
    public void Restore(TrainingState state)
    {
        Network.Parameters.Values.copy_(state.Values);
        _adam.FirstMoment.copy_(state.FirstMoment);
        _adam.SecondMoment.copy_(state.SecondMoment);
        _adam.Steps = state.Steps;
        _best?.Dispose();
        _best = state.Best?.to(Network.Device).clone().DetachFromDisposeScope();
        _order.State = state.RandomState;
        _bestLoss = state.BestLoss;
        KeptEpoch = state.KeptEpoch;
        _epochs.Clear();
        _epochs.AddRange(state.Epochs);
    }

    public void Dispose()
    {
        _best?.Dispose();
        _adam.Dispose();
        _batches.Dispose();
        _evaluation.Dispose();
    }

    private LossTerms RunBatches(int epoch, CancellationToken cancellationToken)
    {
        int[] rows = [.. Split.Training];
        _order.Shuffle<int>(rows);
        using var epochScope = NewDisposeScope();
        Tensor sum = zeros([AemloObjective.TermCount], dtype: ScalarType.Float64, device: Network.Device);
        Tensor firstBad = zeros_like(sum);
        int batches = 0;
        for (int start = 0; start < rows.Length; start += _options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> batch = rows.AsSpan(start, Math.Min(_options.BatchSize, rows.Length - start));
            using var stepScope = NewDisposeScope();
            Tensor terms = _objective.Step(_batches.Features(batch), _batches.Labels(batch));
            _adam.Step(_threads);
            sum.Accumulate(terms);
            // Stays on the device, so that a step never waits to be looked at.
            firstBad.copy_(where(firstBad.isfinite().all(), terms.to(ScalarType.Float64), firstBad));
            batches++;
        }

        RequireFinite(epoch, LossTermsReader.Read(firstBad));
        return LossTermsReader.Read(sum, batches);
    }

    /// <summary>Names what went wrong in the first step whose terms were not all finite.</summary>
    private void RequireFinite(int epoch, LossTerms firstBad)
    {
        KeyValuePair<string, double>[] bad = [.. firstBad.Named.Where(term => !double.IsFinite(term.Value))];
        KeyValuePair<string, double>[] causes = [.. bad.Where(term => term.Key != LossTerms.TotalName)];
        // All terms at once means that the step before left no finite weight: its gradient was the cause.
        if (double.IsNaN(firstBad.Correlation) && double.IsNaN(firstBad.OrthonormalityY) && double.IsNaN(firstBad.Reconstruction))
            throw AemloTrainingException.OfGradient(epoch);
        if (bad.Length > 0)
        {
            KeyValuePair<string, double> cause = causes.Concat(bad).First();
            throw AemloTrainingException.OfTerm(epoch, cause.Key, cause.Value);
        }

        if (!_adam.SecondMoment.isfinite().all().item<bool>())
            throw AemloTrainingException.OfGradient(epoch);
    }
}
