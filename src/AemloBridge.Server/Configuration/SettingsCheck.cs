using AemloBridge.Server.Security;

namespace AemloBridge.Server.Configuration;

/// <summary>What settings say together, and the files they name: what would keep a server from starting.</summary>
/// <param name="Problems">One sentence each; with any of them the server does not start.</param>
/// <param name="Warnings">One sentence each.</param>
internal sealed record SettingsCheck(IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Checks options whose values are each right by themselves.</summary>
    public static SettingsCheck Of(ServerOptions options, TimeProvider time)
    {
        var problems = new List<string>();
        var warnings = new List<string>();
        problems.AddRange(AddressRules.Problems(options));
        if (options.Listen.Count == 0)
            problems.Add("there is no address to listen on; give --listen");
        foreach (string twice in options.Listen.GroupBy(address => address).Where(group => group.Count() > 1 && !group.Key.EndsWith(":0", StringComparison.Ordinal)).Select(group => group.Key))
            problems.Add($"the address {twice} is given twice");
        CheckTls(options, time, problems, warnings);
        CheckTokens(options, problems, warnings);
        if (options.Insecure)
            warnings.Add("--insecure: whoever reaches the server's addresses may read what goes over the network, or use everything");
        return new SettingsCheck(problems, warnings);
    }

    /// <summary>Checks what a start finds out by itself: whether the data folder can be written. Leaves nothing there.</summary>
    public static IEnumerable<string> DataFolderProblems(string folder)
    {
        // What is missing will be made, in the nearest folder that is there.
        string existing = folder;
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        string probe = Path.Combine(existing, $".aemlo-check-{Guid.NewGuid():N}");
        string? problem = null;
        try
        {
            File.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"the data folder {folder} cannot be written: {exception.Message.TrimEnd('.')}; choose another with --data, or change its owner";
        }

        if (problem is not null)
            yield return problem;
    }

    private static void CheckTls(ServerOptions options, TimeProvider time, List<string> problems, List<string> warnings)
    {
        if (options.CertificatePath is null)
        {
            if (options.KeyPath is not null)
                problems.Add("a key was given and no certificate; give --certificate too");
            if (options.ClientAuthorityPath is not null)
                problems.Add("client certificates need TLS; give --certificate and --key too");
            return;
        }

        try
        {
            if (TlsMaterial.Read(options).Warning(time.GetUtcNow(), Soon) is { } validity)
                warnings.Add(validity);
            if (SecretFile.Warning(options.KeyPath ?? options.CertificatePath) is { } open)
                warnings.Add(open);
        }
        catch (SettingException exception)
        {
            problems.Add(exception.Message);
        }
    }

    private static void CheckTokens(ServerOptions options, List<string> problems, List<string> warnings)
    {
        if (options.TokenPath is null)
            return;
        try
        {
            TokenFile.Read(options.TokenPath);
            if (SecretFile.Warning(options.TokenPath) is { } open)
                warnings.Add(open);
        }
        catch (SettingException exception)
        {
            problems.Add(exception.Message);
        }
    }
}
