using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;

namespace AemloBridge.Client.Tests.TestSupport;

/// <summary>Events as a server sends them.</summary>
internal static class Happened
{
    public static JobEvent Accepted(string id = "j1", long seed = 7) => new() { Accepted = new JobAccepted { JobId = id, Seed = seed } };

    public static JobEvent Queued(uint position) => new() { Queued = new JobQueued { Position = position } };

    public static JobEvent Started(uint attempt = 1, uint resumed = 0) => new() { Started = new JobStarted { Attempt = attempt, Device = "cpu", ResumedEpochs = resumed } };

    public static JobEvent Epoch(int epoch, int epochs = 9)
    {
        var report = new Aemlo.Training.EpochReport(epoch, epochs, new Aemlo.Losses.LossTerms(1, 2, 3, 4, 5, 6, 7, 8), 0.5, false, 100, TimeSpan.FromSeconds(epoch), TimeSpan.FromSeconds(epochs - epoch));
        return new JobEvent { Progress = ProgressContract.ToMessage(report, "cpu") };
    }

    public static JobEvent Report(string id = "j1", string model = "") => new() { Report = new JobReport { JobId = id, Seed = 7, ModelId = model } };

    /// <summary>The parts of a recipe, small ones.</summary>
    public static JobEvent[] Recipe(ResamplingRecipe recipe, Data.MultiLabelDataset data, int maxBytes = 400) =>
        [.. RecipeParts.Of(recipe, data.RowCount, data.Features.IsSparse, maxBytes: maxBytes).Select(part => new JobEvent { Recipe = part })];
}
