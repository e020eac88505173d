using System.Text.Json.Nodes;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>Jobs on real worker processes, compared with runs in this process.</summary>
public class RealWorkerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Oversample_OnAWorker_GivesTheBytesOfALocalRun(bool sparse)
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        Data.MultiLabelDataset data = sparse ? JobData.Sparse : JobData.Rows;
        JobRecord job = await fixture.EndAsync(fixture.Submit(data: data));

        Assert.Equal(JobState.Succeeded, job.State);
        OversamplingResult local = AemloOversampler.Run(data, JobData.Small, null, TestContext.Current.CancellationToken);
        Assert.Equal(JobData.Bytes(local.Recipe, data), fixture.File(job, JobFiles.Recipe));
        JobReport report = JobReport.Parser.ParseFrom(fixture.File(job, JobFiles.Report));
        Assert.Equal((5L, "cpu", 30UL, 30UL), (report.Seed, report.Device, report.RequestedRows, report.MadeRows));
        Assert.Equal(ImbalanceContract.ToMessage(local.Before), report.Before);
        Assert.Equal(ImbalanceContract.ToMessage(local.After), report.After);
        Assert.Equal(local.Report.Warnings, report.Warnings);
        Assert.Equal(JobData.WithoutTimes(local.Report.ToJson()), JobData.WithoutTimes(ReportContract.FromMessage(report, local.Recipe.NewRows).ToJson()));
        Assert.Empty(JsonNode.Parse(report.ReportJson)!["synthetic"]!["seedRows"]!.AsArray());
        Assert.False(File.Exists(Path.Combine(fixture.Folder(job), JobFiles.Checkpoint)));
    }

    [Fact]
    public async Task TrainThenGenerate_OnAWorker_GiveTheModelAndTheRowsOfALocalRun()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord trained = await fixture.EndAsync(fixture.Submit(kind: JobKind.Train));
        Assert.Equal(JobState.Succeeded, trained.State);
        ModelRecord record = Assert.IsType<ModelRecord>(fixture.Models.Find(JobsFixture.Tenant, trained.ModelId));
        Assert.Equal(trained.ModelId, JobReport.Parser.ParseFrom(fixture.File(trained, JobFiles.Report)).ModelId);
        Assert.Equal(trained.DatasetDigest, record.DatasetDigest);
        Assert.False(File.Exists(Path.Combine(fixture.Folder(trained), JobFiles.Model)));

        using AemloModel local = AemloTrainer.Train(JobData.Rows, JobData.Small, cancellationToken: TestContext.Current.CancellationToken);
        using AemloModel kept = ModelFile.Load(fixture.Models.FilePath(record), DeviceKind.Cpu, 1);
        Assert.Equal(local.Thresholds, kept.Thresholds);
        Assert.Equal(local.Training.Epochs, kept.Training.Epochs);

        AemloOptions options = JobData.Small with { Seed = 9, Num = 17 };
        JobRecord generated = await fixture.EndAsync(fixture.Manager.Submit(fixture.Submission(options, JobKind.Generate) with { Model = record, Dataset = null }).Job);
        Assert.Equal(JobState.Succeeded, generated.State);
        GenerationResult rows = AemloGenerator.Generate(local, options, null, TestContext.Current.CancellationToken);
        Assert.Equal(JobData.Bytes(ResamplingRecipe.Append(rows.Rows), null, local.Schema), fixture.File(generated, JobFiles.Recipe));
    }

    [Fact]
    public async Task Watch_AJobFromBeginningToEnd_TellsWhatHappened()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord job = fixture.Submit();
        var seen = new List<JobEvent>();
        await foreach (JobEvent happened in fixture.Manager.Watch(job.Tenant, job.Id, 0, TestContext.Current.CancellationToken))
            seen.Add(happened);

        Assert.Contains(seen, happened => happened.Started is { Attempt: 1, Device: "cpu", ResumedEpochs: 0 });
        EpochProgress[] progress = [.. seen.Select(happened => happened.Progress).OfType<EpochProgress>()];
        Assert.Equal(3U, progress[^1].Epoch);
        Assert.All(progress, epoch => Assert.Equal("cpu", epoch.Device));
        Device device = Assert.Single(fixture.Manager.Devices);
        Assert.Equal("cpu", device.Name);
        Assert.True(device.Ready);
        Assert.NotEqual(0UL, device.MemoryTotalBytes);
        Assert.StartsWith("2.10.", fixture.Manager.LibtorchVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_OptionsThatCannotTrain_FailsTheJobWithTheTerm()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobRecord job = await fixture.EndAsync(fixture.Submit(JobData.Small with { Alpha = 1e30 }));
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal((int)StatusCode.InvalidArgument, job.Error!.Code);
        Assert.Contains("epoch 1", job.Error.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Processes);
    }

    [Fact]
    public async Task Run_ADatasetFileThatIsDamaged_FailsTheJobAndKeepsTheWorker()
    {
        await using JobsFixture fixture = await JobsFixture.StartAsync();
        JobSubmission submission = fixture.Submission();
        string path = fixture.Datasets.FilePath(submission.Dataset!);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^100]);
        JobRecord job = await fixture.EndAsync(fixture.Manager.Submit(submission).Job);
        Assert.Equal((int)StatusCode.DataLoss, job.Error!.Code);
        Assert.DoesNotContain(path, job.Error.Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes);
        job = await fixture.EndAsync(fixture.Submit());
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Single(fixture.Processes);
    }
}
