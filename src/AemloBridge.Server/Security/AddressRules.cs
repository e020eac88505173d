using AemloBridge.Server.Configuration;

namespace AemloBridge.Server.Security;

/// <summary>Where a server may listen: on this machine as it likes, elsewhere with TLS and tokens alone.</summary>
internal static class AddressRules
{
    /// <summary>What is wrong with where the server would listen, one sentence for each address.</summary>
    public static IEnumerable<string> Problems(ServerOptions options)
    {
        bool tls = options.CertificatePath is not null;
        bool tokens = options.TokenPath is not null;
        if (options.Insecure || (tls && tokens))
            yield break;
        string missing = (tls, tokens) switch
        {
            (false, false) => "neither TLS nor tokens are set up",
            (false, true) => "TLS is not set up",
            _ => "no tokens are set up",
        };
        foreach (ListenAddress address in options.Listen.Select(ListenAddress.Parse).Where(address => !address.IsLoopback))
        {
            yield return $"{address} can be reached from other machines, and {missing}: give --certificate, --key and --tokens, "
                + "or accept with --insecure that whoever reaches it may read and use everything";
        }
    }
}
