using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Matrix.Support;
using Google.Protobuf;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>The calls that start a job.</summary>
internal static class StartingJobRows
{
    public static IReadOnlyList<RpcRow> All { get; } =
    [
        new(Rpcs.Taking<OversampleRequest>())
        {
            About = About.Kept,
            Request = target => [new OversampleRequest { Control = Control(target), DatasetDigest = target.Dataset, Method = MethodContract.ToMessage(target.Options) }],
            Right = (_, target, answers) =>
            {
                Assert.Equal(Undisturbed.Of(target.Options).Oversampled, JobAnswers.Recipe(answers));
                return Task.CompletedTask;
            },
            Bad = Refusal.Names("method.options[epochs]", new OversampleRequest { DatasetDigest = Target.Unknown.Dataset, Method = new MethodSpec { Options = { ["epochs"] = "0" } } }),
            Held = Held.Running,
            WhenLeft = WhenLeft.JobCancelled,
            WhenWorkerKilled = WhenWorkerKilled.EndsUndisturbed,
            WhenRestarted = WhenRestarted.JobGoesOn,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<TrainRequest>())
        {
            About = About.Kept,
            Request = target => [new TrainRequest { Control = Control(target), DatasetDigest = target.Dataset, Method = MethodContract.ToMessage(target.Options), ModelName = "trained" }],
            Right = IsTrainedAsync,
            Bad = Refusal.Names("model_name", new TrainRequest { DatasetDigest = Target.Unknown.Dataset, ModelName = new string('x', 201) }),
            Held = Held.Running,
            WhenLeft = WhenLeft.JobCancelled,
            WhenWorkerKilled = WhenWorkerKilled.EndsUndisturbed,
            WhenRestarted = WhenRestarted.JobGoesOn,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
        new(Rpcs.Taking<GenerateRequest>())
        {
            About = About.Kept,
            Request = target => [Generation(target.Model, Control(target))],
            Right = (_, _, answers) =>
            {
                Assert.Equal(Undisturbed.Of(MatrixData.Short).Generated, JobAnswers.Recipe(answers));
                return Task.CompletedTask;
            },
            Bad = Refusal.Names("method.options[rate]", new GenerateRequest { ModelId = Target.Unknown.Model, Method = new MethodSpec { Options = { ["rate"] = "-1" } } }),
            Held = Held.Waiting,
            WhenLeft = WhenLeft.JobCancelled,
            WhenWorkerKilled = WhenWorkerKilled.EndsUndisturbed,
            WhenRestarted = WhenRestarted.JobGoesOn,
            ForOtherTenant = ForOtherTenant.NotFound,
        },
    ];

    // Two models are the same where they make the same rows.
    private static async Task IsTrainedAsync(Lab lab, Target target, IReadOnlyList<IMessage> answers)
    {
        string model = JobAnswers.Event(answers[^1]).Report.ModelId;
        Assert.Equal(Undisturbed.Of(target.Options).Generated, JobAnswers.Recipe(await lab.CallAsync(Generation(model, new JobControl()))));
    }

    private static JobControl Control(Target target) => new() { RequestId = target.RequestId };

    private static GenerateRequest Generation(string model, JobControl control) => new()
    {
        Control = control,
        ModelId = model,
        Method = new MethodSpec
        {
            Options =
            {
                ["num"] = FormattableString.Invariant($"{MatrixData.GeneratedRows}"),
                ["seed"] = FormattableString.Invariant($"{MatrixData.GenerationSeed}"),
                ["threads"] = "1",
                ["device"] = "cpu",
            },
        },
    };
}
