namespace AemloBridge.Protocol;

/// <summary>The versions of the contracts in proto/aemlo/v1 that this build speaks.</summary>
public static class ProtocolVersion
{
    /// <summary>The oldest version that is still understood.</summary>
    public const uint Oldest = 1;

    /// <summary>The version that this build was written for.</summary>
    public const uint Newest = 1;

    /// <summary>The name of the call header that says which version a client was written for.</summary>
    public const string Header = "aemlo-protocol";
}
