using AemloBridge.Aemlo.Options;
using AemloBridge.Devices;

namespace AemloBridge.Cli.Serving;

/// <summary>Whether the devices that a server shall use are there; loads libtorch to find out.</summary>
internal static class DeviceCheck
{
    private const string Cuda = "cuda";

    public static IEnumerable<string> Problems(IReadOnlyList<string> devices)
    {
        string? problem = null;
        try
        {
            bool needsCuda = devices.Any(name => name.StartsWith(Cuda, StringComparison.Ordinal));
            ComputeDevice.Resolve(needsCuda ? DeviceKind.Cuda : DeviceKind.Cpu);
        }
        catch (Exception exception) when (exception is DeviceException or DllNotFoundException)
        {
            problem = exception.Message;
        }

        if (problem is not null)
            yield return problem;
    }
}
