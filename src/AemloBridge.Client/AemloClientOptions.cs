namespace AemloBridge.Client;

/// <summary>How an <see cref="AemloClient"/> reaches its server. The defaults suit a server on the same machine or network.</summary>
public sealed record AemloClientOptions
{
    /// <summary>The bearer token of the tenant; null for a server without tokens.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the token may travel unencrypted to another machine; refused otherwise.</summary>
    public bool AllowUnencryptedToken { get; init; }

    /// <summary>PEM file with the authorities that may have signed the server's certificate; null takes the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with the certificate this client shows; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with that certificate's key; null when the certificate's file holds it.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>What calls, for the server's log.</summary>
    public string ClientName { get; init; } = "AemloBridge.Client";

    /// <summary>How long a connection may take to come about.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call with one answer may take. Uploads, downloads and jobs have no such limit.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may be silent before the server is asked whether it is still there, and how long it may take to answer.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often in a row a lost connection is taken up again without any progress in between; 0 gives up at once.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>The pause before the first of these tries; it doubles with each.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest message that is taken from the server, in bytes.</summary>
    public int MaxReceiveBytes { get; init; } = 64 << 20;

    /// <summary>Size that messages of an upload stay below, in bytes, unless a single row is longer.</summary>
    public int UploadChunkBytes { get; init; } = 1_000_000;
}
