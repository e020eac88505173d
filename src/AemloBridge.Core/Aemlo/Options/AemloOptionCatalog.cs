using AemloBridge.Resampling.Options;
using static AemloBridge.Resampling.Options.OptionsOf<AemloBridge.Aemlo.Options.AemloOptions>;

namespace AemloBridge.Aemlo.Options;

/// <summary>
/// The list of all options: the command line builds its switches from it, model files and reports their records, and
/// <see cref="Validate"/> checks every range in this one place.
/// </summary>
public static class AemloOptionCatalog
{
    private const string Paper = "paper, ";
    private const string Code = "authors' code";
    private const string Measured = "our measurements";
    private const string Ours = "AEMLO Bridge";

    /// <summary>What float32, in which a training computes, holds with some room; a larger number is no number there.</summary>
    private const double LargestWeight = 1e38;

    /// <summary>All options, in the order help shows them.</summary>
    public static IReadOnlyList<MethodOption<AemloOptions>> All { get; } =
    [
        Choice("network", "Layout of the encoders and decoders", Paper + "Section 4", o => o.Network, (o, v) => o with { Network = v }, training: true),
        Whole("latent", "Latent dimensions l", "dimensions", Paper + "Section 4", 1, 65536, o => o.Latent, (o, v) => o with { Latent = v }, training: true),
        Whole("hidden", "Units of each hidden layer", "units", Paper + "Section 4", 1, 65536, o => o.Hidden, (o, v) => o with { Hidden = v }, training: true),
        Whole("layers", "Fully connected layers of each encoder (published: of the feature encoder)", "layers", Paper + "Section 4", 1, 16, o => o.Layers, (o, v) => o with { Layers = v }, training: true),
        Real("slope", "Slope of the leaky ReLU for negative inputs", "", Paper + "Section 4", 0, 1, o => o.Slope, (o, v) => o with { Slope = v }, training: true),
        Real("alpha", "Weight of the reconstruction terms", "", Paper + "eq. 2", 0, LargestWeight, o => o.Alpha, (o, v) => o with { Alpha = v }, training: true),
        Real("beta", "Weight of the label terms", "", Paper + "eq. 2", 0, LargestWeight, o => o.Beta, (o, v) => o with { Beta = v }, training: true),
        Real("lambda", "Weight of the orthonormality terms", "", Paper + "eq. 3", 0, LargestWeight, o => o.Lambda, (o, v) => o with { Lambda = v }, training: true),
        Real("lambda-structure", "Weight of the structure term", "", Paper + "eq. 5", 0, LargestWeight, o => o.LambdaStructure, (o, v) => o with { LambdaStructure = v }, training: true),
        Choice("reconstruction", "Distance between a row and its reconstruction", Paper + "eq. 6", o => o.Reconstruction, (o, v) => o with { Reconstruction = v }, training: true),
        Choice("orthonormality", "Scaling of the orthonormality terms", Measured, o => o.Orthonormality, (o, v) => o with { Orthonormality = v }, training: true),
        Choice("label-decoder-input", "Latent rows that the label decoder is trained on", Measured, o => o.LabelDecoderInput, (o, v) => o with { LabelDecoderInput = v }, training: true),
        Real("cross-entropy", "Weight of the binary cross-entropy beside the ranking loss", "", Measured, 0, LargestWeight, o => o.CrossEntropy, (o, v) => o with { CrossEntropy = v }, training: true),
        Real("ranking-epsilon", "Constant added to the denominator of the ranking loss", "", Code, 0, LargestWeight, o => o.RankingEpsilon, (o, v) => o with { RankingEpsilon = v }, training: true),
        Flag("mean-over-rows", "Divide the loss of a batch by its rows", Code, o => o.MeanOverRows, (o, v) => o with { MeanOverRows = v }, training: true),
        Whole("epochs", "Passes over the training rows", "epochs", Paper + "Section 5", 1, 1_000_000, o => o.Epochs, (o, v) => o with { Epochs = v }, training: true),
        Whole("batch-size", "Rows per optimizer step", "rows", Code, 1, 65536, o => o.BatchSize, (o, v) => o with { BatchSize = v }, training: true),
        Positive("learning-rate", "Step size of Adam", Code, 1, o => o.LearningRate, (o, v) => o with { LearningRate = v }, training: true),
        Below("validation-share", "Share of the rows held out for the thresholds; 0 tunes them on all rows", Paper + "Section 4", 1, o => o.ValidationShare, (o, v) => o with { ValidationShare = v }, training: true),
        Choice("threshold", "How the threshold of each label is chosen", Paper + "Section 4", o => o.Threshold, (o, v) => o with { Threshold = v }, training: true),
        Choice("keep", "Which weights are kept", Code, o => o.Keep, (o, v) => o with { Keep = v }, training: true),
        Choice("minority-rule", "Which labels count as minority labels", Paper + "Algorithm 1", o => o.MinorityRule, (o, v) => o with { MinorityRule = v }, training: true),
        Real("minority-cut", "ImR above which a label can be a minority label", "", Paper + "Algorithm 1", 1, null, o => o.MinorityCut, (o, v) => o with { MinorityCut = v }, training: true),
        Choice("seed-order", "Order in which seed rows are taken", Paper + "Algorithm 1", o => o.SeedOrder, (o, v) => o with { SeedOrder = v }),
        Real("rate", "New rows as a share p of the given ones", "share", Paper + "Algorithm 1", 0, 1000, o => o.Rate, (o, v) => o with { Rate = v }),
        Unset("num", "Exact number of new rows; rate and max-per-seed then do not apply", "rows", Paper + "Algorithm 1", "floor(rate x rows), limited by max-per-seed", 0, int.MaxValue, o => o.Num, (o, v) => o with { Num = checked((int)v) }),
        Whole("max-per-seed", "New rows per seed row at most; 0 for no limit", "rows", Measured, 0, int.MaxValue, o => o.MaxPerSeed, (o, v) => o with { MaxPerSeed = v }),
        Whole("max-draws", "Draws per wanted row before rows without any label are given up", "draws", Ours, 1, 1_000_000, o => o.MaxDraws, (o, v) => o with { MaxDraws = v }),
        Choice("decoding", "How a latent point becomes feature values", Measured, o => o.Decoding, (o, v) => o with { Decoding = v }),
        Whole("neighbours", "Nearest seed rows among which the second parent is drawn (residual decoding)", "rows", Measured, 1, 65536, o => o.Neighbours, (o, v) => o with { Neighbours = v }),
        Choice("label-source", "Where the labels of a new row come from", Measured, o => o.Labels, (o, v) => o with { Labels = v }),
        Choice("binary", "How 0/1 columns get their values", Measured, o => o.Binary, (o, v) => o with { Binary = v }),
        Flag("round", "Round columns whose given values are all whole numbers", Measured, o => o.Round, (o, v) => o with { Round = v }),
        Flag("raw-values", "Write numeric cells as decoded, neither clipped nor rounded", Ours, o => o.RawValues, (o, v) => o with { RawValues = v }),
        Choice("missing-values", "What a new row holds where its seed's value is missing", Ours, o => o.MissingValues, (o, v) => o with { MissingValues = v }),
        Seed(training: true),
        Whole("threads", "Threads for the CPU work; 0 takes this machine's default", "threads", Ours, 0, 1024, o => o.Threads, (o, v) => o with { Threads = v }, training: true),
        Choice("device", "Where to train", Ours, o => o.Device, (o, v) => o with { Device = v }, training: true),
    ];

    /// <summary>The option of that name.</summary>
    /// <exception cref="AemloOptionException">There is none.</exception>
    public static MethodOption<AemloOptions> Get(string name) =>
        All.FirstOrDefault(option => option.Name == name) ?? throw new AemloOptionException(name, "there is no such option");

    /// <summary>Checks every option against its range.</summary>
    /// <exception cref="AemloOptionException">One is out of range; the first is named.</exception>
    public static void Validate(AemloOptions options)
    {
        foreach (MethodOption<AemloOptions> option in All)
            option.Check(options);
    }
}
