using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Randomness;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Generation;

/// <summary>Makes new rows with a trained model (Algorithm 1 of the paper, and the variants that the options name).</summary>
public static class AemloGenerator
{
    /// <summary>Makes new rows. Blocks until done.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to make: rate or number, seed, orders and decoding. Options of training are not looked at.</param>
    /// <param name="seeds">Rows to use as M in place of the model's own; null for those.</param>
    /// <param name="cancellationToken">Honoured before every batch.</param>
    /// <returns>The rows; fewer than wanted only with a warning that says why.</returns>
    /// <exception cref="AemloOptionException">An option is out of range.</exception>
    /// <exception cref="AemloInputException"><paramref name="seeds"/> has other columns than the model, or holds a value that is no number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GenerationResult Generate(
        AemloModel model,
        AemloOptions options,
        MultiLabelDataset? seeds = null,
        CancellationToken cancellationToken = default)
    {
        AemloOptionCatalog.Validate(options);
        options = options with { Seed = options.Seed ?? AemloTrainer.DrawSeed() };
        SeedPool pool = model.Seeds;
        if (seeds is not null)
        {
            SchemaMatch.Require(model.Schema, seeds);
            UsableData.RequireValues(seeds);
            pool = SeedPool.From(seeds, model.MinorityLabels);
        }

        int rows = seeds?.RowCount ?? model.Training.Rows;
        int wanted = RowCounts.Wanted(options, rows, pool.Count);
        if (pool.Count == 0 || wanted == 0)
            return GenerationResult.Nothing(pool.Data, options, wanted, RowCounts.WhyNone(options, rows, pool.Count));
        return TrainingThread.Run(options.Threads, _ => GenerateHere(model, options, pool, rows, wanted, cancellationToken));
    }

    private static GenerationResult GenerateHere(AemloModel model, AemloOptions options, SeedPool pool, int rows, int wanted, CancellationToken cancellationToken)
    {
        using var noGradients = TorchSharp.torch.no_grad();
        var random = new SeededRandom(options.Seed!.Value, RandomStream.Generation);
        using var decoder = new RowDecoder(model, options, pool.Data, cancellationToken);
        int[][]? neighbours = decoder.Latent is null
            ? null
            : LatentNeighbours.Find(decoder.Latent, pool.Count, model.Network.Shape.Latent, options.Neighbours, model.Network.Device, cancellationToken);
        int limit = options.Num is null ? options.MaxPerSeed : 0;
        var sequence = new SeedSequence(pool.Count, options.SeedOrder, limit, random);
        var collector = new RowCollector(model, options, pool, neighbours is not null);
        long allowed = (long)wanted * options.MaxDraws;
        long drawn = 0;
        var draws = new Draw[NetworkInference.ChunkRows];
        while (collector.Count < wanted && drawn < allowed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int batch = (int)Math.Min(Math.Min(draws.Length, wanted - collector.Count), allowed - drawn);
            int made = 0;
            while (made < batch && sequence.TryNext(out int seed))
                draws[made++] = DrawFor(seed, neighbours, random);
            if (made == 0)
                break;
            drawn += made;
            decoder.Decode(draws.AsSpan(0, made));
            for (int at = 0; at < made; at++)
            {
                if (!collector.TryAdd(decoder, at, draws[at], random))
                    sequence.Return(draws[at].Seed);
            }
        }

        return collector.Finish(wanted, (int)Math.Min(drawn, int.MaxValue), RowCounts.Reductions(options, rows, pool.Count));
    }

    private static Draw DrawFor(int seed, int[][]? neighbours, SeededRandom random)
    {
        if (neighbours is null || neighbours[seed].Length == 0)
            return new Draw(seed, -1, 0);
        int neighbour = neighbours[seed][random.NextInt(neighbours[seed].Length)];
        return new Draw(seed, neighbour, random.NextDouble());
    }
}
