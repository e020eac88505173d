using AemloBridge.Server.Configuration;
using AemloBridge.Server.Security;

namespace AemloBridge.Server.Tests.Security;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("127.0.0.1:1", false, false, false, null)]
    [InlineData("[::1]:1", false, false, false, null)]
    [InlineData("localhost:1", false, false, false, null)]
    [InlineData("unix:/s", false, false, false, null)]
    [InlineData("0.0.0.0:1", false, false, false, "neither TLS nor tokens are set up")]
    [InlineData("[::]:1", true, false, false, "no tokens are set up")]
    [InlineData("10.0.0.1:1", false, true, false, "TLS is not set up")]
    [InlineData("gpu:1", false, false, false, "neither TLS nor tokens are set up")]
    [InlineData("10.0.0.1:1", true, true, false, null)]
    [InlineData("10.0.0.1:1", false, false, true, null)]
    public void Problems_Address_NeedsTlsAndTokensElsewhereThanOnThisMachine(string address, bool tls, bool tokens, bool insecure, string? missing)
    {
        var options = new ServerOptions
        {
            DataFolder = "/",
            Listen = ["127.0.0.1:50051", address],
            CertificatePath = tls ? "/c.pem" : null,
            TokenPath = tokens ? "/t" : null,
            Insecure = insecure,
        };

        string[] problems = [.. AddressRules.Problems(options)];

        if (missing is null)
        {
            Assert.Empty(problems);
            return;
        }

        string problem = Assert.Single(problems);
        Assert.StartsWith(address, problem, StringComparison.Ordinal);
        Assert.Contains(missing, problem, StringComparison.Ordinal);
        Assert.Contains("--certificate, --key and --tokens", problem, StringComparison.Ordinal);
        Assert.Contains("--insecure", problem, StringComparison.Ordinal);
    }
}
