using AemloBridge.Resampling.Options;

namespace AemloBridge.Aemlo.Options;

/// <summary>How the network's parts are laid out.</summary>
public enum NetworkKind
{
    /// <summary>Encoders of fully connected leaky-ReLU layers; one linear layer per decoder; sigmoid on the labels. The paper's Section 4.</summary>
    Paper,

    /// <summary>The authors' published Model.py: a third encoder layer, a gate in the label encoder, two-layer decoders, raw label outputs.</summary>
    Published,
}

/// <summary>The distance between a row and its reconstruction, 𝓜 of equation (6).</summary>
public enum ReconstructionKind
{
    /// <summary>Σᵢ ‖xᵢ′ − xᵢ‖², as the paper writes it.</summary>
    Squared,

    /// <summary>The mean absolute error over all n·d cells, as the authors' code has it.</summary>
    Absolute,
}

/// <summary>How the orthonormality terms of equations (3, 4) are scaled.</summary>
public enum OrthonormalityKind
{
    /// <summary>‖ZᵀZ − I‖², as the paper writes it.</summary>
    Sum,

    /// <summary>‖ZᵀZ/n − I‖², which does not depend on the batch size.</summary>
    Mean,
}

/// <summary>Which latent rows the label decoder is trained on.</summary>
public enum LabelDecoderInput
{
    /// <summary>Fey(Y) alone, as the paper writes it.</summary>
    Labels,

    /// <summary>Fey(Y) and Fex(X), so that it has seen what it is asked to decode.</summary>
    Both,
}

/// <summary>How the threshold T_j of each label is chosen.</summary>
public enum ThresholdRule
{
    /// <summary>The cut with the highest F1 of that label.</summary>
    F1,

    /// <summary>The cut at which the label is predicted as often as it occurs.</summary>
    Frequency,

    /// <summary>A probability of one half.</summary>
    Half,
}

/// <summary>Which labels count as minority labels, L_s.</summary>
public enum MinorityRule
{
    /// <summary>ImR_j above the cut and IRLbl_j above MeanIR; the paper's rule.</summary>
    [OptionWord("imr+irlbl")]
    ImrAndIrlbl,

    /// <summary>IRLbl_j above MeanIR; the rule of the authors' code.</summary>
    Irlbl,

    /// <summary>Every label that some rows have.</summary>
    All,
}

/// <summary>In which order seed rows are taken from M.</summary>
public enum SeedOrder
{
    /// <summary>Each draw independent, with replacement; the paper's Algorithm 1.</summary>
    Random,

    /// <summary>M shuffled once, then taken round-robin; the authors' code.</summary>
    RoundRobin,

    /// <summary>M shuffled anew for every round: each row used once before any is used twice.</summary>
    Rounds,
}

/// <summary>How a latent point becomes feature values.</summary>
public enum DecodingKind
{
    /// <summary>x_g = Fdx(z), as the paper writes it.</summary>
    Direct,

    /// <summary>x_g = x_s + Fdx(z′) − Fdx(z), z′ between the seed's z and a neighbour's: the seed's own detail is kept.</summary>
    Residual,
}

/// <summary>Where a new row's labels come from.</summary>
public enum LabelSourceKind
{
    /// <summary>All decoded by Fdy.</summary>
    Decoded,

    /// <summary>The minority labels exactly the seed's, the others decoded.</summary>
    SeedMinority,
}

/// <summary>How a decoded 0/1 column gets its value.</summary>
public enum BinaryRule
{
    /// <summary>Cut where the column keeps its frequency (direct decoding) or at one half (residual decoding).</summary>
    Cut,

    /// <summary>Drawn with the decoded value, clipped to [0, 1], as probability.</summary>
    Sample,
}

/// <summary>Which weights a training ends with.</summary>
public enum KeepRule
{
    /// <summary>Those after the last epoch.</summary>
    Last,

    /// <summary>Those after the epoch with the lowest training loss.</summary>
    Best,
}

/// <summary>What a synthetic row holds where its seed's value is missing.</summary>
public enum MissingRule
{
    /// <summary>The decoded value.</summary>
    Decoded,

    /// <summary>A missing value again.</summary>
    Seed,
}

/// <summary>Where the tensors live.</summary>
public enum DeviceKind
{
    /// <summary>CUDA when it works here, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA device; an error when there is none.</summary>
    Cuda,
}
