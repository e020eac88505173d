using AemloBridge.Devices;
using AemloBridge.Probe;

// What tests look at from outside: a process of its own, with its own environment and its own libtorch.
// AemloBridge.Probe <command> [arguments]; the answer is on stdout, one "name=value" a line.
var commands = new Dictionary<string, Func<string[], IEnumerable<string>>>(StringComparer.Ordinal)
{
    ["libtorch"] = LibtorchProbe.Load,
    ["analyze"] = LibtorchProbe.StayWithout,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out Func<string[], IEnumerable<string>>? command))
{
    Console.Error.WriteLine($"commands: {string.Join(", ", commands.Keys)}");
    return 2;
}

try
{
    foreach (string line in command(args[1..]))
        Console.WriteLine(line);
    return 0;
}
catch (DeviceException e)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}
