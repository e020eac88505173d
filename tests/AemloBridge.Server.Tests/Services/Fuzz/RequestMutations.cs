using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>Requests of every call with one message, with something wrong in most of them.</summary>
/// <param name="digest">A data set that exists.</param>
/// <param name="modelId">A model that exists.</param>
/// <param name="jobId">A job that exists.</param>
internal sealed class RequestMutations(string digest, string modelId, string jobId)
{
    private static readonly string[] Names = ["epochs", "rate", "seed", "device", "preset", "minority-rule", "num", "", "no-such"];
    private static readonly string[] Values = ["1", "0.5", "-1", "1e400", "NaN", "cpu", "true", "irlbl", "", "9007199254740993", "ⅷ", "1\0"];

    /// <summary>The path of a call and the bytes of a request for it.</summary>
    public (string Path, byte[] Message) Draw(Random random)
    {
        (string method, IMessage message) = Message(random);
        byte[] bytes = message.ToByteArray();
        return ("/aemlo.v1." + method, random.Next(2) == 0 ? ByteMutations.Of(bytes, random) : bytes);
    }

    private (string Method, IMessage Message) Message(Random random) => random.Next(15) switch
    {
        0 => ("DatasetService/FindDataset", new FindDatasetRequest { Digest = Digest(random) }),
        1 => ("DatasetService/ListDatasets", new ListDatasetsRequest { PageSize = Number(random), PageToken = Text(random) }),
        2 => ("DatasetService/DeleteDataset", new DeleteDatasetRequest { Digest = Text(random) }),
        3 => ("DatasetService/Analyze", new AnalyzeRequest { DatasetDigest = Digest(random), Options = { Options(random) } }),
        4 => ("ModelService/ListModels", new ListModelsRequest { PageSize = Number(random), PageToken = Text(random) }),
        5 => ("ModelService/DownloadModel", new DownloadModelRequest { ModelId = Id(modelId, random) }),
        6 => ("ModelService/DeleteModel", new DeleteModelRequest { ModelId = Text(random) }),
        7 => ("JobService/Oversample", new OversampleRequest { DatasetDigest = Digest(random), Method = Method(random), Control = Control(random) }),
        8 => ("JobService/Train", new TrainRequest { DatasetDigest = Digest(random), Method = Method(random), Control = Control(random), ModelName = Text(random) }),
        9 => ("JobService/Generate", new GenerateRequest { ModelId = Id(modelId, random), DatasetDigest = random.Next(2) == 0 ? "" : Digest(random), Method = Method(random), Control = Control(random) }),
        10 => ("JobService/WatchJob", new WatchJobRequest { JobId = Id(jobId, random), AfterEpoch = Number(random), FromNewRow = Number(random) }),
        11 => ("JobService/GetJob", new GetJobRequest { JobId = Id(jobId, random) }),
        12 => ("JobService/ListJobs", new ListJobsRequest { PageSize = Number(random), PageToken = Text(random), RequestId = Text(random), States = { (JobState)random.Next(-2, 8) } }),
        13 => ("JobService/CancelJob", new CancelJobRequest { JobId = Id(jobId, random) }),
        _ => ("ServerService/GetServerInfo", new GetServerInfoRequest { ClientName = Text(random), ProtocolVersion = Number(random) }),
    };

    private static MethodSpec Method(Random random)
    {
        var method = new MethodSpec { Method = random.Next(4) == 0 ? Text(random) : "", Preset = random.Next(4) == 0 ? Text(random) : "" };
        method.Options.Add(Options(random));
        return method;
    }

    private static JobControl Control(Random random) => new()
    {
        RequestId = Text(random),
        KeepRunning = random.Next(2) == 0,
        TimeLimit = random.Next(2) == 0 ? null : new Duration { Seconds = random.Next(3) == 0 ? random.NextInt64() : random.Next(-5, 100), Nanos = random.Next(3) == 0 ? int.MinValue : 0 },
    };

    private static Dictionary<string, string> Options(Random random)
    {
        var options = new Dictionary<string, string>();
        for (int count = random.Next(4); count > 0; count--)
            options[Names[random.Next(Names.Length)]] = Values[random.Next(Values.Length)];
        return options;
    }

    private static uint Number(Random random) => random.Next(4) switch { 0 => 0, 1 => (uint)random.Next(5), 2 => uint.MaxValue, _ => (uint)random.Next() };

    private static string Text(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => "../../../etc/passwd",
        2 => new string('x', random.Next(20_000)),
        3 => "'; DROP TABLE jobs; --",
        4 => Convert.ToBase64String(ByteMutations.Random(random, random.Next(40))),
        _ => new string((char)random.Next(0, 0xd000), random.Next(1, 20)),
    };

    private static string Id(string id, Random random) => random.Next(2) == 0 ? id : Text(random);

    private string Digest(Random random) => random.Next(3) == 0 ? Text(random) : digest;
}
