namespace AemloBridge.Randomness;

/// <summary>What a stream of random numbers is for. The numbers are part of the contract: changing one changes every result.</summary>
public enum RandomStream
{
    /// <summary>The network's starting weights.</summary>
    Weights = 1,

    /// <summary>Which rows are held out for validation.</summary>
    Split = 2,

    /// <summary>The order of the rows in each epoch.</summary>
    Batches = 3,

    /// <summary>Seeds, second parents and interpolation of new rows.</summary>
    Generation = 4,

    /// <summary>The generated sample data set.</summary>
    Sample = 5,

    /// <summary>Everything that a resampling method without a training draws.</summary>
    Resampling = 6,
}
