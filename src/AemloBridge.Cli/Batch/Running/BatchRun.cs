using System.Diagnostics;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Batch.Output;
using AemloBridge.Cli.Batch.State;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Cli.Output;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>Does the entries of a batch that are not done: each training once, then every entry that shares it.</summary>
internal sealed class BatchRun
{
    private const string Here = "here";

    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(10);

    private readonly IEngine _engine;
    private readonly BatchFiles _files;
    private readonly BatchState _state;
    private readonly BatchProgress _progress;
    private readonly CancellationToken _cancellation;
    private readonly WorkQueue _queue = new();
    private readonly TrainingGroup[] _groups;
    private readonly DataCache _data;
    private readonly Dictionary<BatchEntry, EntryResult> _results = [];

    private BatchRun(IEngine engine, BatchFiles files, BatchState state, BatchProgress progress, IEnumerable<BatchEntry> entries, CancellationToken cancellation)
    {
        _engine = engine;
        _files = files;
        _state = state;
        _progress = progress;
        _cancellation = cancellation;
        // Trainings on one data set one after the other, so that few are in memory at once.
        _groups = [.. entries.GroupBy(entry => entry.Content).SelectMany(data => data.GroupBy(entry => entry.TrainingKey)).Select(group => new TrainingGroup([.. group]))];
        _data = new DataCache(_groups);
    }

    /// <summary>Where models are kept: in the folder beside the report, or on the server.</summary>
    private string Place => _engine.Server ?? Here;

    /// <summary>Does them. An entry that fails does not stop the others; a server that is lost does.</summary>
    /// <param name="engine">Where the work is done.</param>
    /// <param name="files">The batch's files.</param>
    /// <param name="state">What has been done.</param>
    /// <param name="progress">Shows what happens.</param>
    /// <param name="entries">The entries left to do.</param>
    /// <param name="jobs">How many at once.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    public static IReadOnlyDictionary<BatchEntry, EntryResult> Do(IEngine engine, BatchFiles files, BatchState state, BatchProgress progress, IEnumerable<BatchEntry> entries, int jobs, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = new BatchRun(engine, files, state, progress, entries, both.Token);
        run._queue.AddLast(run._groups.Select(group => (Action)(() => run.Begin(group))));
        try
        {
            run._queue.Run(jobs, both.Cancel);
        }
        finally
        {
            foreach (TrainingGroup group in run._groups)
                group.Model?.Dispose();
        }

        if (run._results.Values.All(result => result.Status == EntryStatus.Done) && Directory.Exists(files.Work))
            Directory.Delete(files.Work, recursive: true);
        return run._results;
    }

    private void Begin(TrainingGroup group)
    {
        var watch = Stopwatch.StartNew();
        BatchEntry[] needing;
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            MultiLabelDataset data = group.Data = _data.Get(group.First, _cancellation);
            needing = [.. group.Entries.Where(entry => AemloOversampler.NeedsModel(data, entry.Options))];
            // For a single entry, one job of a server does what a training and a generation do.
            bool alone = _engine.Server is not null && needing is [var only] && only.TrainingSeed == only.Options.Seed;
            if (needing.Length > 0 && !alone)
                group.Model = Open(group) ?? Train(group, data, needing.Length);
        }
        catch (Exception exception) when (!IsFatal(exception))
        {
            foreach (BatchEntry entry in group.Entries)
                End(group, entry, watch.Elapsed, null, exception);
            return;
        }

        TimeSpan training = watch.Elapsed;
        _queue.AddFirst(group.Entries.Select((entry, index) => (Action)(() => Do(group, entry, needing.Contains(entry), index == 0 ? training : TimeSpan.Zero))));
    }

    private ITrainedModel? Open(TrainingGroup group)
    {
        if (_state.Model(group.Key, Place) is not { } kept)
            return null;
        group.Kept = _engine.Server is null ? kept with { Reference = ModelFile(group) } : kept;
        return _engine.Reopen(group.Kept, _cancellation);
    }

    private ITrainedModel Train(TrainingGroup group, MultiLabelDataset data, int sharing)
    {
        CheckpointPolicy? checkpoint = null;
        if (_engine.Server is null)
        {
            Directory.CreateDirectory(_files.Work);
            checkpoint = new CheckpointPolicy(CheckpointFile(group), everyEpochs: 1) { Interval = BetweenCheckpoints, DiscardUnusable = true };
        }

        ITrainedModel model = _progress.Training(group.First, sharing, show => _engine.Train(data, group.First.TrainingOptions, checkpoint, show, _cancellation));
        group.Kept = model.Keep(ModelFile(group), _cancellation);
        _state.Keep(group.Key, Place, group.Kept);
        return model;
    }

    private void Do(TrainingGroup group, BatchEntry entry, bool needsModel, TimeSpan before)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            MultiLabelDataset data = _data.Get(entry, _cancellation);
            OversampleOutcome outcome = (needsModel, group.Model) switch
            {
                (true, { } model) => model.Oversample(data, entry.Options, _cancellation),
                (true, null) => _progress.Training(entry, 1, show => _engine.Oversample(data, entry.Options, show, _cancellation)),
                _ => _engine.Oversample(data, entry.Options, null, _cancellation),
            };
            var output = new OversampleFiles(entry.Data.Path, entry.Output, entry.LabelFile, null, _files.Overwrite || _state.HasBegun(entry));
            _state.Begin(entry);
            output.Write(data, outcome, _cancellation);
            TimeSpan spent = before + watch.Elapsed;
            _state.Finish(entry, new DoneRecord(entry.Key, new FileInfo(entry.Output).Length, new FileInfo(entry.LabelFile).Length, spent.TotalSeconds, outcome.Report));
            End(group, entry, spent, outcome, null);
        }
        catch (Exception exception) when (!IsFatal(exception))
        {
            End(group, entry, before + watch.Elapsed, null, exception);
        }
    }

    private void End(TrainingGroup group, BatchEntry entry, TimeSpan spent, OversampleOutcome? outcome, Exception? exception)
    {
        EntryResult result = exception is null
            ? new EntryResult(entry, EntryStatus.Done, spent.TotalSeconds, outcome!.Report, null)
            : new EntryResult(entry, EntryStatus.Failed, spent.TotalSeconds, null, Failure.From(exception).Message);
        lock (_results)
            _results.Add(entry, result);
        _progress.Ended(result);
        if (!group.End(exception is not null))
            return;
        _data.Release(entry);
        group.Data = null;
        group.Model?.Dispose();
        group.Model = null;
        // What failed may be done again: then the model is still needed.
        if (!group.HasFailures)
            Discard(group);
    }

    private void Discard(TrainingGroup group)
    {
        if (group.Kept is { } kept)
        {
            _engine.Discard(kept);
            _state.Keep(group.Key, Place, null);
        }

        if (Directory.Exists(_files.Work))
            File.Delete(CheckpointFile(group));
    }

    /// <summary>What ends the whole batch: being stopped, and a server that would refuse every other entry too.</summary>
    private bool IsFatal(Exception exception) =>
        exception is OperationCanceledException || (_engine.Server is not null && ServerLoss.Is(exception));

    private string ModelFile(TrainingGroup group) => Path.Combine(_files.Work, group.Key + Aemlo.Models.ModelFile.Extension);

    private string CheckpointFile(TrainingGroup group) => Path.Combine(_files.Work, group.Key + ".checkpoint");
}
