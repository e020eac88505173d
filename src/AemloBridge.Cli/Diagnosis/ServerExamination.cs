using AemloBridge.Client;
using AemloBridge.Protocol.V1;

namespace AemloBridge.Cli.Diagnosis;

/// <summary>What <c>aemlo doctor --server</c> found out.</summary>
/// <param name="Address">The server.</param>
/// <param name="Info">What it says of itself; null when it did not answer.</param>
/// <param name="Problem">What does not work and what to do about it; null when everything does.</param>
internal sealed record ServerExamination(string Address, GetServerInfoResponse? Info, string? Problem)
{
    /// <summary>Asks.</summary>
    public static ServerExamination Run(AemloClient client, CancellationToken cancellation)
    {
        try
        {
            GetServerInfoResponse info = client.GetServerInfoAsync(cancellation).GetAwaiter().GetResult();
            string? problem = info.Devices.Any(device => device.Ready)
                ? null
                : $"server {client.Address}: no device is ready; ask again when its workers have started, and look into its log if they do not";
            return new ServerExamination(client.Address, info, problem);
        }
        catch (AemloServerException exception)
        {
            return new ServerExamination(client.Address, null, exception.Message);
        }
    }
}
