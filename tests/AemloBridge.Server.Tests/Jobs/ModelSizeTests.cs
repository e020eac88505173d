using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Services.Support;
using AemloBridge.Server.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Jobs;

public class ModelSizeTests
{
    /// <summary>The header tells nothing of an array that no model has, but it is read with the rest.</summary>
    [Fact]
    public async Task Submit_OfAGenerationWithAModelLargerThanItSays_IsEstimatedByTheFile()
    {
        var idle = new ScriptedWorkers((_, _) => Task.CompletedTask);
        await using JobsFixture fixture = await JobsFixture.StartAsync(services: services => services.AddSingleton<IWorkerStarter>(idle));
        ModelRecord model = Store(fixture.Models);
        Assert.True(model.Bytes > 40 << 20);

        JobRecord job = fixture.Manager.Submit(fixture.Submission(Samples.ModelTraining with { Num = 1 }, JobKind.Generate) with { Model = model, Dataset = null }).Job;

        Assert.InRange(job.MemoryEstimate, 2 * model.Bytes, 3 * model.Bytes);
    }

    private static ModelRecord Store(IModelStore models)
    {
        using var stream = new MemoryStream(Samples.ModelBytes);
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsEntry> entries) = SafetensorsFile.Read(stream);
        using IModelUpload upload = models.Begin(JobsFixture.Tenant);
        SafetensorsFile.Write(upload.Content, metadata, [.. entries.Values, SafetensorsEntry.Of("more", new float[10 << 20])]);
        return upload.Commit(
            new ModelRecord(JobsFixture.Tenant, "m1", "", new string('a', 64), 0, "", "aemlo", MethodContract.ToValues(Samples.ModelTraining), 4, 3, 1, default, default),
            out _);
    }
}
