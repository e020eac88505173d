using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Services.Jobs;

public sealed class JobRequestTests
{
    [Fact]
    public async Task Oversample_WithOptions_SubmitsThemResolvedWithADrawnSeed()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        var request = new OversampleRequest
        {
            DatasetDigest = digest,
            Control = new JobControl { RequestId = "r1", KeepRunning = true, TimeLimit = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)) },
            Method = new MethodSpec { Method = "aemlo", Preset = "paper", Options = { ["epochs"] = "7", ["rate"] = "0.50" } },
        };

        long seed = (await host.AcceptedAsync(request)).Seed;

        JobSubmission submitted = host.Manager.Last!;
        Assert.Equal((JobKind.Oversample, "a", "r1", true, TimeSpan.FromMinutes(5), digest), (submitted.Kind, submitted.Tenant, submitted.RequestId, submitted.KeepRunning, submitted.TimeLimit!.Value, submitted.Dataset!.Digest));
        Assert.Equal(AemloPresets.Paper with { Epochs = 7, Rate = 0.5, Seed = seed }, submitted.Options);
    }

    [Fact]
    public async Task Train_WithASeedAndAName_KeepsBoth()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        using AsyncServerStreamingCall<TrainResponse> call = host.JobCalls().Train(new TrainRequest { DatasetDigest = digest, ModelName = "mine", Method = new MethodSpec { Options = { ["seed"] = "77" } } });

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(77, call.ResponseStream.Current.Event.Accepted.Seed);
        Assert.Equal((JobKind.Train, "mine", 77L), (host.Manager.Last!.Kind, host.Manager.Last.ModelName, host.Manager.Last.Options.Seed!.Value));
    }

    public static TheoryData<string, string, string> BadRequests => new()
    {
        { "dataset_digest", "", "" },
        { "control.request_id", "request_id", new string('x', 129) },
        { "control.request_id", "request_id", "a\u0007b" },
        { "control.time_limit", "time_limit", "0" },
        { "control.time_limit", "time_limit", "-5" },
        { "control.time_limit", "time_limit", "90000" },
        { "control.time_limit", "time_limit", "9223372036854775807" },
        { "control.time_limit", "nanos", "-2000000000" },
        { "method.method", "method", "smote" },
        { "method.preset", "preset", "best" },
        { "method.options[epochs]", "epochs", "0" },
        { "method.options[epochs]", "epochs", "ten" },
        { "method.options[epoch]", "epoch", "10" },
        { "method.options[seed]", "seed", "-1" },
        { "method.options[device]", "device", "tpu" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Oversample_WithABadField_NamesItAndStartsNothing(string field, string what, string value)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var request = new OversampleRequest { DatasetDigest = what.Length == 0 ? "" : await host.UploadSampleAsync(), Control = new JobControl(), Method = new MethodSpec() };
        switch (what)
        {
            case "":
                break;
            case "request_id":
                request.Control.RequestId = value;
                break;
            case "time_limit":
                request.Control.TimeLimit = new Duration { Seconds = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture) };
                break;
            case "nanos":
                request.Control.TimeLimit = new Duration { Nanos = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) };
                break;
            case "method":
                request.Method.Method = value;
                break;
            case "preset":
                request.Method.Preset = value;
                break;
            default:
                request.Method.Options[what] = value;
                break;
        }

        await StatusAssert.InvalidAsync(field, () => host.AcceptedAsync(request));

        Assert.Equal(0, host.Manager.Submitted);
    }

    [Fact]
    public async Task Oversample_OfAnotherTenantsDataset_IsNotFound()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync("b");

        await StatusAssert.FailsAsync(StatusCode.NotFound, Reasons.NotFound, () => host.AcceptedAsync(new OversampleRequest { DatasetDigest = digest }));
    }

    [Fact]
    public async Task Oversample_WhenTheQueueIsFull_SaysWhenToTryAgain()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        host.Manager.OnSubmit = _ => throw RequestException.Exhausted(Reasons.QueueFull, "256 jobs wait already", TimeSpan.FromSeconds(7));

        RpcException exception = await StatusAssert.FailsAsync(StatusCode.ResourceExhausted, Reasons.QueueFull, () => host.AcceptedAsync(new OversampleRequest { DatasetDigest = digest }));

        Assert.Equal(TimeSpan.FromSeconds(7), exception.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
    }

    [Fact]
    public async Task Oversample_RepeatedUnderItsRequestId_JoinsWithTheFirstSeedHoweverItsValuesAreWritten()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        OversampleRequest Request(string rate) => new() { DatasetDigest = digest, Control = new JobControl { RequestId = "same", KeepRunning = true }, Method = new MethodSpec { Options = { ["rate"] = rate } } };
        JobAccepted first = await host.AcceptedAsync(Request("0.5"));

        JobAccepted second = await host.AcceptedAsync(Request("0.50"));

        Assert.Equal((first.JobId, first.Seed, false, true), (second.JobId, second.Seed, first.Joined, second.Joined));
        Assert.Equal(1, host.Manager.Submitted);
    }

    [Fact]
    public async Task Oversample_UnderARequestIdOfAnotherRequest_AlreadyExists()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string digest = await host.UploadSampleAsync();
        var request = new OversampleRequest { DatasetDigest = digest, Control = new JobControl { RequestId = "same", KeepRunning = true } };
        await host.AcceptedAsync(request);
        request.Method = new MethodSpec { Options = { ["epochs"] = "3" } };

        await StatusAssert.FailsAsync(StatusCode.AlreadyExists, Reasons.RequestIdReused, () => host.AcceptedAsync(request));
    }

    [Fact]
    public async Task Oversample_UnderAnotherTenantsRequestId_IsANewJob()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        var control = new JobControl { RequestId = "same", KeepRunning = true };
        await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync("b"), Control = control }, "b");

        Assert.False((await host.AcceptedAsync(new OversampleRequest { DatasetDigest = await host.UploadSampleAsync(), Control = control })).Joined);
    }

    [Fact]
    public async Task Generate_WithGenerationOptions_StartsFromTheModels()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;
        string digest = await host.UploadSampleAsync();
        using AsyncServerStreamingCall<GenerateResponse> call = host.JobCalls().Generate(new GenerateRequest
        {
            ModelId = model,
            DatasetDigest = digest,
            Method = new MethodSpec { Options = { ["num"] = "5", ["latent"] = "4", ["seed"] = "9" } },
        });

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        JobSubmission submitted = host.Manager.Last!;
        Assert.Equal((JobKind.Generate, model, digest), (submitted.Kind, submitted.Model!.Id, submitted.Dataset!.Digest));
        Assert.Equal(Samples.ModelTraining with { Num = 5, Seed = 9, Threads = 0, Device = DeviceKind.Auto }, submitted.Options);
    }

    [Theory]
    [InlineData("epochs", "50")]
    [InlineData("latent", "5")]
    [InlineData("minority-rule", "irlbl")]
    [InlineData("rate", "-1")]
    public async Task Generate_WithAnOptionThatTheModelWasNotTrainedWith_NamesIt(string name, string value)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;

        await StatusAssert.InvalidAsync($"method.options[{name}]", async () => await host.JobCalls().Generate(new GenerateRequest { ModelId = model, Method = new MethodSpec { Options = { [name] = value } } }).ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Generate_WithAnotherPreset_NamesIt()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;

        await StatusAssert.InvalidAsync("method.preset", async () => await host.JobCalls().Generate(new GenerateRequest { ModelId = model, Method = new MethodSpec { Preset = "paper" } }).ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Generate_FromRowsOfOtherColumns_NamesTheDataset()
    {
        await using ServiceHost host = await ServiceHost.StartAsync();
        string model = (await Samples.UploadAsync(host.Models(), Samples.ModelBytes)).Model.Id;
        string other = (await Samples.UploadAsync(host.Datasets(), SampleDataset.Create(1), maxBytes: 100_000)).Dataset.Digest;

        await StatusAssert.InvalidAsync("dataset_digest", async () => await host.JobCalls().Generate(new GenerateRequest { ModelId = model, DatasetDigest = other }).ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }
}
