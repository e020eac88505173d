namespace AemloBridge.Protocol;

/// <summary>The largest data set that is taken; 0 means no limit.</summary>
public sealed record DatasetLimits
{
    /// <summary>No limit.</summary>
    public static DatasetLimits None { get; } = new();

    /// <summary>Bytes of all messages together, as they travel.</summary>
    public long MaxBytes { get; init; }

    /// <summary>n.</summary>
    public int MaxRows { get; init; }

    /// <summary>d.</summary>
    public int MaxFeatures { get; init; }

    /// <summary>q.</summary>
    public int MaxLabels { get; init; }

    internal static void Require(string what, decimal amount, long limit)
    {
        if (limit > 0 && amount > limit)
            throw new DatasetTooLargeException(FormattableString.Invariant($"{amount} {what}, but at most {limit} are taken; send a smaller data set, or raise the server's limit"));
    }
}
