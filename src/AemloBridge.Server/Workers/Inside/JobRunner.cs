using System.Diagnostics;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Workers.V1;
using Google.Protobuf;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>Does one job: reads what it works on, runs it, and leaves the result in the job's folder, the report last.</summary>
/// <param name="device">The name of this worker's device.</param>
/// <param name="say">Tells the front end.</param>
internal sealed class JobRunner(string device, Action<WorkerEvent> say)
{
    /// <summary>Runs a job to its end. Blocks.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: honoured before every training step and generation batch.</exception>
    public void Run(RunJob job, CancellationToken cancellationToken)
    {
        var folder = new JobFolder(job.Folder);
        if (folder.IsComplete)
        {
            SayStarted(job, 0);
            return;
        }

        SayStarted(job, folder.SavedEpochs);
        ResamplingOptions options = MethodContract.FromValues(job.Spec.Method, job.Spec.Options);
        switch (job.Spec.Kind)
        {
            case JobKind.Oversample:
                if (options is AemloOptions aemlo)
                    Oversample(job, folder, aemlo, cancellationToken);
                else
                    Resample(job, folder, options, cancellationToken);
                break;
            case JobKind.Train:
                Train(job, folder, (AemloOptions)options, cancellationToken);
                break;
            case JobKind.Generate:
                Generate(job, folder, (AemloOptions)options, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"a job of kind {job.Spec.Kind} cannot be run by this worker");
        }

        File.Delete(folder.Checkpoint);
    }

    private void Oversample(RunJob job, JobFolder folder, AemloOptions options, CancellationToken cancellationToken)
    {
        MultiLabelDataset data = ReadRows(job.DatasetPath);
        OversamplingResult result = AemloOversampler.Run(data, options, new Progress(say, DeviceFor(options)), Checkpoint(job, folder), cancellationToken);
        WriteRecipe(folder, result.Recipe, data.RowCount, data.Features.IsSparse, null);
        RunReport report = Trained(result.Report);
        WriteReport(job, folder, report, report.Device ?? "", report.Before);
    }

    private static void Resample(RunJob job, JobFolder folder, ResamplingOptions options, CancellationToken cancellationToken)
    {
        MultiLabelDataset data = ReadRows(job.DatasetPath);
        ResamplingResult result = ResamplingMethods.Of(options).Run(data, options, null, cancellationToken);
        WriteRecipe(folder, result.Recipe, data.RowCount, data.Features.IsSparse, null);
        WriteReport(job, folder, result.Report, "", result.Before);
    }

    private void Train(RunJob job, JobFolder folder, AemloOptions options, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        MultiLabelDataset data = ReadRows(job.DatasetPath);
        using AemloModel model = AemloTrainer.Train(data, options, new Progress(say, DeviceFor(options)), Checkpoint(job, folder), cancellationToken);
        ModelFile.Save(model, folder.Model, overwrite: true);
        RunReport report = Trained(RunReports.OfTraining(data, model, watch.Elapsed.TotalSeconds));
        WriteReport(job, folder, report, report.Device ?? "", report.Before);
    }

    private void Generate(RunJob job, JobFolder folder, AemloOptions options, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        MultiLabelDataset? seeds = job.DatasetPath.Length == 0 ? null : ReadRows(job.DatasetPath);
        using AemloModel model = ModelFile.Load(job.ModelPath, options.Device, options.Threads);
        GenerationResult result = AemloGenerator.Generate(model, options, seeds, cancellationToken);
        bool sparse = result.Rows.Features.IsSparse;
        WriteRecipe(folder, ResamplingRecipe.Append(result.Rows), seeds?.RowCount ?? 0, sparse, seeds is null ? model.Schema : null);
        Imbalance.ImbalanceReport? before = seeds is null ? null : ImbalanceMeasures.Compute(seeds.Schema, seeds.Labels, options);
        WriteReport(job, folder, RunReports.OfGeneration(model, options, result, seeds, watch.Elapsed.TotalSeconds), DeviceFor(options), before);
    }

    private static MultiLabelDataset ReadRows(string path)
    {
        try
        {
            return DatasetFile.Read(path);
        }
        catch (Exception error) when (error is ContractException or InvalidProtocolBufferException or DatasetTooLargeException)
        {
            throw new DamagedInputException($"the data set on the server is damaged: {error.Message}; delete it and upload it again", error);
        }
    }

    private CheckpointPolicy Checkpoint(RunJob job, JobFolder folder) => new(folder.Checkpoint, (int)Math.Max(1, job.CheckpointEpochs))
    {
        Interval = job.CheckpointInterval?.ToTimeSpan() ?? TimeSpan.Zero,
        DiscardUnusable = true,
        Saved = epochs => say(new WorkerEvent { Checkpoint = new CheckpointSaved { JobId = job.Spec.JobId, Epochs = (uint)epochs } }),
        Discarded = why =>
        {
            Console.Error.WriteLine($"the checkpoint of job {job.Spec.JobId} cannot be used, its training begins anew: {why}");
            SayStarted(job, 0);
        },
    };

    private void SayStarted(RunJob job, int epochs) =>
        say(new WorkerEvent { Started = new RunStarted { JobId = job.Spec.JobId, ResumedEpochs = (uint)epochs } });

    private static void WriteRecipe(JobFolder folder, ResamplingRecipe recipe, int inputRows, bool sparse, Data.DatasetSchema? schema) =>
        AtomicFile.Write(folder.Recipe, overwrite: true, stream => RecipeParts.Write(stream, recipe, inputRows, sparse, schema));

    private static void WriteReport(RunJob job, JobFolder folder, RunReport report, string device, Imbalance.ImbalanceReport? before)
    {
        RunReport sent = ReportContract.Shorten(report);
        var message = new JobReport
        {
            JobId = job.Spec.JobId,
            Seed = report.Seed,
            Device = device,
            RequestedRows = (ulong)(report.Recipe?.Requested ?? report.Synthetic?.Requested ?? 0),
            MadeRows = (ulong)(report.Synthetic?.Made ?? 0),
            ModelId = job.Spec.ModelId,
            ReportJson = ReportContract.ToJson(sent),
        };
        if (before is not null)
            message.Before = ImbalanceContract.ToMessage(before);
        if (report.After is { } after)
            message.After = ImbalanceContract.ToMessage(after);
        message.Warnings.AddRange(sent.Warnings);
        folder.WriteReport(message);
    }

    /// <summary>A report of a training here, with the name that the device has on the wire.</summary>
    private RunReport Trained(RunReport report) =>
        report.Device is { } used ? report with { Device = WorkerDevice.OnWire(used, device) } : report;

    private string DeviceFor(AemloOptions options) => options.Device == DeviceKind.Cpu ? WorkerCommandLine.Cpu : device;

    /// <summary>Tells the front end of epochs, but of short ones not each.</summary>
    private sealed class Progress(Action<WorkerEvent> say, string device) : IProgress<EpochReport>
    {
        private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

        private long _last;

        public void Report(EpochReport value)
        {
            if (value.Epoch != value.Epochs && _last != 0 && Stopwatch.GetElapsedTime(_last) < Least)
                return;
            _last = Stopwatch.GetTimestamp();
            say(new WorkerEvent { Progress = ProgressContract.ToMessage(value, device) });
        }
    }
}
