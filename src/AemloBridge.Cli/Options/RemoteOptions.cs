using System.CommandLine;
using System.Runtime.CompilerServices;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;
using AemloBridge.Client;
using AemloBridge.Data;

namespace AemloBridge.Cli.Options;

/// <summary>The server that a command has its work done by; without one it is done here.</summary>
internal sealed class RemoteOptions
{
    private const string ServerVariable = "AEMLO_SERVER";
    private const string TokenVariable = "AEMLO_TOKEN";
    private const string CaVariable = "AEMLO_SERVER_CA";
    private const string Here = "none";

    private readonly Option<string?> _server = OptionFactory.Text("--server", "URL", $"Have the work done by the server at http://HOST:PORT, https://HOST:PORT or unix:PATH (default the variable {ServerVariable}; '{Here}' works here all the same)");

    private readonly Option<string?> _token = OptionFactory.Text("--token-file", "FILE", $"The file that holds the server's token (default the variable {TokenVariable})");

    private readonly Option<string?> _ca = OptionFactory.Text("--server-ca", "FILE", $"PEM file with the authority that signed the server's certificate (default the variable {CaVariable}, then the system's)");

    private readonly Option<string?> _certificate = OptionFactory.Text("--client-certificate", "FILE", "PEM file with the certificate, and its key, that the server asks of its clients");

    private readonly Option<bool> _insecure = OptionFactory.Switch("--server-insecure", "Send the token unencrypted to another machine");

    private readonly Func<ParseResult, bool> _isForFiles;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isForFiles">Whether a command line is about files here, so that the variable does not count; null for never.</param>
    public RemoteOptions(Command command, Func<ParseResult, bool>? isForFiles = null)
    {
        _isForFiles = isForFiles ?? (_ => false);
        command.Add(_server);
        command.Add(_token);
        command.Add(_ca);
        command.Add(_certificate);
        command.Add(_insecure);
        command.Validators.Add(result =>
        {
            bool remote = result.GetResult(_server) is { } given ? given.GetValueOrDefault<string>() != Here : Variable(ServerVariable) is not null;
            if (!remote && new Option[] { _token, _ca, _certificate, _insecure }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } useless)
                result.AddError($"{useless.Name} says how to reach a server, and none is given; add {_server.Name} or leave it out");
        });
    }

    /// <summary>The server's address; null when the work is done here.</summary>
    public string? Address(ParseResult parse)
    {
        string? address = parse.GetValue(_server) ?? (_isForFiles(parse) ? null : Variable(ServerVariable));
        return address == Here ? null : address;
    }

    /// <summary>Where the command's work is done.</summary>
    /// <exception cref="UsageException">The address or a certificate cannot be used.</exception>
    /// <exception cref="AemloInputException">The token cannot be read.</exception>
    public IEngine Engine(ParseResult parse) => Address(parse) is null ? new LocalEngine() : Remote(parse);

    /// <summary>The client of the server; only where there is an address.</summary>
    /// <exception cref="UsageException">The address or a certificate cannot be used.</exception>
    /// <exception cref="AemloInputException">The token cannot be read.</exception>
    public AemloClient Client(ParseResult parse)
    {
        var options = new AemloClientOptions
        {
            ClientName = "aemlo",
            Token = parse.GetValue(_token) is { } file ? ReadToken(file) : Variable(TokenVariable) is { } token ? Checked(token, TokenVariable) : null,
            CaFile = parse.GetValue(_ca) ?? Variable(CaVariable),
            CertificateFile = parse.GetValue(_certificate),
            AllowUnencryptedToken = parse.GetValue(_insecure),
        };
        try
        {
            return AemloClient.Connect(Address(parse)!, options);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"{_server.Name}: {exception.Message}{(exception.Message.Contains("unencrypted", StringComparison.Ordinal) ? $" ({_insecure.Name})" : string.Empty)}");
        }
    }

    // Apart, so that work done here does not load what speaks to servers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RemoteEngine Remote(ParseResult parse) => new(Client(parse));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string ReadToken(string file)
    {
        try
        {
            return Checked(File.ReadAllText(file).Trim(), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the token cannot be read: {exception.Message}", file);
        }
    }

    private static string Checked(string token, string source) => token.Length > 0 && token.All(letter => letter is > ' ' and < (char)127)
        ? token
        : throw new AemloInputException("this is no token: expected one line of visible ASCII characters", source);
}
