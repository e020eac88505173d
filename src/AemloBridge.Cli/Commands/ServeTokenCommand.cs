using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Server.Security;

namespace AemloBridge.Cli.Commands;

/// <summary><c>aemlo serve token</c>: a new token and its line for the token file.</summary>
internal static class ServeTokenCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new AemloCommand("token", "Make a new random token for a tenant, with its line for the server's token file.", "aemlo serve token --tenant lab");
        var tenant = new Option<string>("--tenant") { HelpName = "NAME", Description = "Whom the token stands for: 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'", Required = true };
        command.Add(tenant);
        command.SetAction(parse =>
        {
            string name = parse.GetRequiredValue(tenant);
            if (!TokenFile.IsTenant(name))
                throw new UsageException($"--tenant: '{name}' cannot be a tenant's name; allowed: 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'");
            string token = AccessToken.Create();
            context.Terminal.Out.WriteLine($"token  {token}");
            context.Terminal.Out.WriteLine($"line   {AccessToken.Line(name, token)}");
            context.Terminal.Error.WriteLine("aemlo: give the token to the client and put the line into the token file; the token itself is kept nowhere");
            return ExitCodes.Ok;
        });
        return command;
    }
}
