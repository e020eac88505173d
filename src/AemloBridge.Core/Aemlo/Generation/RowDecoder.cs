using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Generation;

/// <summary>One draw: the seed, the second parent (-1 for none), and how far to go towards it.</summary>
/// <param name="Seed">Position in the pool.</param>
/// <param name="Neighbour">Position in the pool.</param>
/// <param name="Share">u in [0, 1).</param>
internal readonly record struct Draw(int Seed, int Neighbour, double Share);

/// <summary>Decodes draws into feature values and label probabilities, a batch at a time.</summary>
internal sealed class RowDecoder : IDisposable
{
    private readonly AemloModel _model;
    private readonly MultiLabelDataset _pool;
    private readonly FeatureDecoder _decoder;
    private readonly BatchBuilder _batches;
    private readonly float[] _decoded;
    private readonly float[] _probabilities;
    private readonly float[] _encodedSeed;
    private readonly double[] _seed;

    /// <param name="model">The model.</param>
    /// <param name="options">How to decode.</param>
    /// <param name="pool">M.</param>
    /// <param name="cancellationToken">Honoured while M is embedded (residual decoding).</param>
    public RowDecoder(AemloModel model, AemloOptions options, MultiLabelDataset pool, CancellationToken cancellationToken)
    {
        _model = model;
        _pool = pool;
        bool residual = options.Decoding == DecodingKind.Residual;
        double[] half = new double[model.Encoder.Width];
        Array.Fill(half, LabelThresholds.Half);
        _decoder = new FeatureDecoder(model.Encoder, new DecodingRules(
            options.Binary == BinaryRule.Sample,
            residual ? half : model.BinaryCuts,
            options.Round,
            options.RawValues,
            DropSmall: pool.Features.IsSparse,
            options.MissingValues == MissingRule.Seed));
        _batches = new BatchBuilder(pool, model.Encoder, NetworkInference.ChunkRows, model.Network.Device);
        _decoded = new float[NetworkInference.ChunkRows * model.Encoder.Width];
        _probabilities = new float[NetworkInference.ChunkRows * model.Schema.LabelCount];
        _encodedSeed = new float[model.Encoder.Width];
        _seed = new double[model.Schema.FeatureCount];
        if (!residual)
            return;
        try
        {
            int[] all = [.. Enumerable.Range(0, pool.RowCount)];
            Latent = NetworkInference.LatentRows(model.Network, _batches, all, cancellationToken);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Latent rows of the pool, |pool| × l; only for residual decoding.</summary>
    public float[]? Latent { get; }

    /// <summary>Runs the network over a batch of draws; afterwards <see cref="Features"/> and <see cref="HasLabel"/> can be asked.</summary>
    public void Decode(ReadOnlySpan<Draw> draws)
    {
        using var scope = NewDisposeScope();
        AemloNetwork network = _model.Network;
        var seeds = new int[draws.Length];
        for (int at = 0; at < draws.Length; at++)
            seeds[at] = draws[at].Seed;
        Tensor z = network.Fex.Apply(_batches.Features(seeds));
        Tensor target = z;
        Tensor decoded;
        if (Latent is null)
        {
            decoded = network.Fdx.Apply(z);
        }
        else
        {
            target = z.Plus(Steps(draws, network.Device));
            decoded = network.Fdx.Apply(target) - network.Fdx.Apply(z);
        }

        NetworkInference.CopyTo(decoded, _decoded.AsSpan(0, draws.Length * _model.Encoder.Width));
        NetworkInference.CopyTo(network.Fdy.Apply(target).sigmoid_(), _probabilities.AsSpan(0, draws.Length * _model.Schema.LabelCount));
    }

    /// <summary>The feature values of one draw of the batch.</summary>
    /// <param name="at">Its place in the batch.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="random">Draws for sampled 0/1 columns.</param>
    /// <param name="destination">d values.</param>
    public void Features(int at, Draw draw, SeededRandom random, Span<double> destination)
    {
        ReadOnlySpan<float> cells = _decoded.AsSpan(at * _model.Encoder.Width, _model.Encoder.Width);
        _pool.Features.CopyRow(draw.Seed, _seed);
        if (Latent is null)
        {
            _decoder.Direct(cells, _seed, random, destination);
            return;
        }

        _model.Encoder.Encode(_pool.Features, draw.Seed, _encodedSeed);
        _decoder.Residual(cells, _encodedSeed, _seed, random, destination);
    }

    /// <summary>Whether the decoded probability of a label reaches its threshold.</summary>
    public bool HasLabel(int at, int label) =>
        _probabilities[at * _model.Schema.LabelCount + label] >= _model.Thresholds[label];

    public void Dispose() => _batches.Dispose();

    /// <summary>u(z_k − z) for each draw, draws × l.</summary>
    private Tensor Steps(ReadOnlySpan<Draw> draws, Device device)
    {
        int width = _model.Network.Shape.Latent;
        var steps = new float[draws.Length * width];
        for (int at = 0; at < draws.Length; at++)
        {
            Draw draw = draws[at];
            if (draw.Neighbour < 0)
                continue;
            ReadOnlySpan<float> from = Latent.AsSpan(checked(draw.Seed * width), width);
            ReadOnlySpan<float> to = Latent.AsSpan(checked(draw.Neighbour * width), width);
            Span<float> step = steps.AsSpan(at * width, width);
            for (int cell = 0; cell < width; cell++)
                step[cell] = (float)(draw.Share * (to[cell] - from[cell]));
        }

        return tensor(steps, [draws.Length, width], device: device);
    }
}
