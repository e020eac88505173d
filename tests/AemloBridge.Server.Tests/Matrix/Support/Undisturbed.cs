using System.Collections.Concurrent;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Resampling;
using AemloBridge.Server.Tests.Jobs.Support;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>What jobs give that nothing happens to: run here, without a server.</summary>
internal sealed class Undisturbed
{
    private static readonly ConcurrentDictionary<AemloOptions, Lazy<Undisturbed>> Runs = new();

    private Undisturbed(AemloOptions options)
    {
        using AemloModel model = AemloTrainer.Train(JobData.Rows, options);
        AemloOptions generation = options with { Num = MatrixData.GeneratedRows, Seed = MatrixData.GenerationSeed };
        Oversampled = JobData.Bytes(AemloOversampler.Complete(JobData.Rows, options, model).Recipe, JobData.Rows);
        Generated = JobData.Bytes(ResamplingRecipe.Append(AemloGenerator.Generate(model, generation).Rows), null, model.Schema);
        using var file = new MemoryStream();
        ModelFile.Write(model, file);
        Model = file.ToArray();
    }

    /// <summary>The recipe of an oversampling.</summary>
    public byte[] Oversampled { get; }

    /// <summary>The recipe of a generation with the model of a training.</summary>
    public byte[] Generated { get; }

    /// <summary>The model's file.</summary>
    public byte[] Model { get; }

    /// <summary>The results of jobs over <see cref="JobData.Rows"/>.</summary>
    public static Undisturbed Of(AemloOptions options) => Runs.GetOrAdd(options, _ => new(() => new Undisturbed(options))).Value;
}
