using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Aemlo.Models;

/// <summary>A trained AEMLO: network, encoder, thresholds, and the rows of M that it makes new rows from.</summary>
public sealed class AemloModel : IDisposable
{
    internal AemloModel(
        AemloOptions options,
        DatasetSchema schema,
        FeatureEncoder encoder,
        AemloNetwork network,
        double[] thresholds,
        double[] binaryCuts,
        bool[] minority,
        SeedPool seeds,
        TrainingSummary training)
    {
        Options = options;
        Schema = schema;
        Encoder = encoder;
        Network = network;
        Thresholds = thresholds;
        BinaryCuts = binaryCuts;
        MinorityLabels = minority;
        Seeds = seeds;
        Training = training;
    }

    /// <summary>The options it was trained with, the seed included.</summary>
    public AemloOptions Options { get; }

    /// <summary>The columns of the data it was trained on.</summary>
    public DatasetSchema Schema { get; }

    /// <summary>How features are encoded.</summary>
    public FeatureEncoder Encoder { get; }

    /// <summary>T_j for every label; +∞ for a label that is never predicted.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>L_s, one flag per label.</summary>
    public IReadOnlyList<bool> MinorityLabels { get; }

    /// <summary>M, the rows that new ones are made from.</summary>
    public SeedPool Seeds { get; }

    /// <summary>How it was trained.</summary>
    public TrainingSummary Training { get; }

    internal AemloNetwork Network { get; }

    internal double[] BinaryCuts { get; }

    /// <summary>Frees the network's memory.</summary>
    public void Dispose() => Network.Dispose();
}
