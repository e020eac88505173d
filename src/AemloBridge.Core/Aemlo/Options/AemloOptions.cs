using AemloBridge.Resampling;

namespace AemloBridge.Aemlo.Options;

/// <summary>
/// Every option of AEMLO. Start from a preset (<see cref="AemloPresets"/>) and change what you need with <c>with</c>;
/// <see cref="AemloOptionCatalog"/> gives for each option its name, default, range, unit and source.
/// </summary>
public sealed record AemloOptions : ResamplingOptions
{
    /// <summary>The name of AEMLO among the methods.</summary>
    public const string MethodName = "aemlo";

    /// <inheritdoc/>
    public override string Method => MethodName;

    /// <summary>Layout of the network.</summary>
    public NetworkKind Network { get; init; } = NetworkKind.Paper;

    /// <summary>l, the number of latent dimensions.</summary>
    public int Latent { get; init; } = 512;

    /// <summary>Units of each hidden layer.</summary>
    public int Hidden { get; init; } = 512;

    /// <summary>Fully connected layers of each encoder, the latent one included.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Slope of the leaky ReLU for negative inputs.</summary>
    public double Slope { get; init; } = 0.01;

    /// <summary>α of equation (2): weight of the reconstruction terms Ψ.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>β of equation (2): weight of the label terms Γ.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>λ of equation (3): weight of the orthonormality terms in Φ.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>λ of equation (5): weight of the structure term 𝓢 in Ψ.</summary>
    public double LambdaStructure { get; init; } = 1;

    /// <summary>Form of the reconstruction term.</summary>
    public ReconstructionKind Reconstruction { get; init; } = ReconstructionKind.Squared;

    /// <summary>Scaling of the orthonormality terms.</summary>
    public OrthonormalityKind Orthonormality { get; init; } = OrthonormalityKind.Mean;

    /// <summary>What the label decoder is trained on.</summary>
    public LabelDecoderInput LabelDecoderInput { get; init; } = LabelDecoderInput.Both;

    /// <summary>Weight of the binary cross-entropy added to the ranking loss inside Γ; 0 leaves it out.</summary>
    public double CrossEntropy { get; init; } = 1;

    /// <summary>Constant added to |Y||Ȳ| in the denominator of Γ.</summary>
    public double RankingEpsilon { get; init; }

    /// <summary>True divides the loss of a batch by its rows.</summary>
    public bool MeanOverRows { get; init; }

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Rows per optimizer step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the rows held out for the thresholds; 0 trains on all rows and tunes on them.</summary>
    public double ValidationShare { get; init; }

    /// <summary>How thresholds are chosen.</summary>
    public ThresholdRule Threshold { get; init; } = ThresholdRule.F1;

    /// <summary>Which weights are kept.</summary>
    public KeepRule Keep { get; init; } = KeepRule.Last;

    /// <summary>Which labels are minority labels.</summary>
    public MinorityRule MinorityRule { get; init; } = MinorityRule.ImrAndIrlbl;

    /// <summary>The cut that ImR_j must exceed under <see cref="MinorityRule.ImrAndIrlbl"/>.</summary>
    public double MinorityCut { get; init; } = 10;

    /// <summary>Order in which seed rows are taken.</summary>
    public SeedOrder SeedOrder { get; init; } = SeedOrder.Rounds;

    /// <summary>p: new rows as a share of the given ones; ⌊p·n⌋ rows are made.</summary>
    public double Rate { get; init; } = 0.3;

    /// <summary>The exact number of new rows; when set, <see cref="Rate"/> and <see cref="MaxPerSeed"/> do not apply.</summary>
    public int? Num { get; init; }

    /// <summary>At most this many new rows per row of M; 0 for no limit.</summary>
    public int MaxPerSeed { get; init; } = 2;

    /// <summary>Draws allowed per wanted row before a seed whose labels decode to none is given up; 1 never redraws.</summary>
    public int MaxDraws { get; init; } = 20;

    /// <summary>How features are decoded.</summary>
    public DecodingKind Decoding { get; init; } = DecodingKind.Residual;

    /// <summary>Among how many nearest rows of M the second parent is drawn (residual decoding).</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Where labels come from.</summary>
    public LabelSourceKind Labels { get; init; } = LabelSourceKind.SeedMinority;

    /// <summary>How 0/1 columns get their values.</summary>
    public BinaryRule Binary { get; init; } = BinaryRule.Cut;

    /// <summary>True rounds columns whose given values are all whole numbers.</summary>
    public bool Round { get; init; } = true;

    /// <summary>True writes numeric cells as decoded, neither clipped to the observed range nor rounded.</summary>
    public bool RawValues { get; init; }

    /// <summary>What stands in a new row where its seed's value is missing.</summary>
    public MissingRule MissingValues { get; init; } = MissingRule.Decoded;

    /// <summary>Threads for the CPU work; 0 takes the default of this machine.</summary>
    public int Threads { get; init; }

    /// <summary>Where to train.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;
}
