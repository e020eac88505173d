namespace AemloBridge.Cli.Output.Progress;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One line per epoch.</summary>
    Lines,

    /// <summary>A bar and the loss terms, drawn in place.</summary>
    Live,
}
