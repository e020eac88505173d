using System.Diagnostics;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.TestSupport;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>The worker process by itself, spoken to as the front end does.</summary>
public class WorkerProcessTests
{
    [Fact]
    public async Task Input_EndsWhileAJobRuns_EndsTheProcess()
    {
        using var folder = new TempFolder();
        using Process worker = Start("auto");
        await NextAsync(worker, WorkerEvent.EventOneofCase.Ready);
        await SendAsync(worker, new WorkerCommand { Run = Job(folder) });
        await NextAsync(worker, WorkerEvent.EventOneofCase.Progress);
        worker.StandardInput.Close();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(JobsFixture.Limit, TestContext.Current.CancellationToken);
        // On a machine so loaded that its last step takes seconds, the process ends itself the hard way.
        Assert.True(worker.ExitCode is 0 or 137, $"exit code {worker.ExitCode}");
        if (worker.ExitCode == 0)
            Assert.Empty(Directory.GetFiles(folder.File("job"), ".aemlo-*"));
    }

    [Fact]
    public async Task Output_WhateverIsAsked_HoldsNothingButTheProtocol()
    {
        using var folder = new TempFolder();
        using Process worker = Start("cpu");
        WorkerReady ready = (await NextAsync(worker, WorkerEvent.EventOneofCase.Ready)).Ready;
        Assert.Equal(("cpu", 0U), (ready.Device, ready.GpuCount));
        RunJob broken = Job(folder);
        broken.Spec.Options["latent"] = "many";
        await SendAsync(worker, new WorkerCommand { Run = broken });
        JobError error = (await NextAsync(worker, WorkerEvent.EventOneofCase.Failed)).Failed.Error;
        Assert.Equal((3, "method.options[latent]"), (error.Code, Assert.Single(error.Problems).Field));
        // A cancellation that comes before the job has begun counts too; one of another job does not.
        await SendAsync(worker, new WorkerCommand { Run = Job(folder) });
        await SendAsync(worker, new WorkerCommand { Cancel = new CancelRun { JobId = "other" } });
        await SendAsync(worker, new WorkerCommand { Cancel = new CancelRun { JobId = "job" } });
        Assert.Equal("job", (await NextAsync(worker, WorkerEvent.EventOneofCase.Cancelled)).Cancelled.JobId);
        worker.StandardInput.Close();
        Assert.Null(await Framing.ReadAsync(worker.StandardOutput.BaseStream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, worker.ExitCode);
    }

    [Theory]
    [InlineData("cuda:0")]
    [InlineData("tpu")]
    public async Task Start_ADeviceThatIsNotThere_SaysSoOnStandardError(string device)
    {
        using Process worker = Start(device);
        string words = await worker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(device == "tpu" ? "allowed: auto, cpu" : "CUDA", words, StringComparison.Ordinal);
        Assert.Equal(5, worker.ExitCode);
    }

    private static Process Start(string device) => Process.Start(WorkerCommandLine.For(JobsFixture.Aemlo, device))!;

    private static RunJob Job(TempFolder folder)
    {
        string data = folder.File("data.pb");
        using (FileStream stream = File.Create(data))
            DatasetFile.Write(stream, JobData.Rows);
        Directory.CreateDirectory(folder.File("job"));
        var spec = new JobSpec { JobId = "job", Kind = JobKind.Oversample, Method = "aemlo" };
        foreach ((string name, string value) in MethodContract.ToValues(JobData.Endless))
            spec.Options.Add(name, value);
        return new RunJob { Spec = spec, Folder = folder.File("job"), DatasetPath = data, Attempt = 1, CheckpointEpochs = 1 };
    }

    private static async Task SendAsync(Process worker, WorkerCommand command)
    {
        await worker.StandardInput.BaseStream.WriteAsync(Framing.Bytes(command), TestContext.Current.CancellationToken);
        await worker.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<WorkerEvent> NextAsync(Process worker, WorkerEvent.EventOneofCase wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(JobsFixture.Limit);
        while (await Framing.ReadAsync(worker.StandardOutput.BaseStream, WorkerEvent.Parser, limit.Token) is { } said)
        {
            if (said.EventCase == wanted)
                return said;
        }

        throw new InvalidOperationException($"the worker ended before it said {wanted}: {await worker.StandardError.ReadToEndAsync(limit.Token)}");
    }
}
