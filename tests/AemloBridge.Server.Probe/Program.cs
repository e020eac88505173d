using AemloBridge.Server.Probe;

// What tests of the server look at from outside: a process of its own, which can be killed or have its limits set.
// AemloBridge.Server.Probe <command> <data folder> [arguments]; the answer is on stdout, a line a fact.
var commands = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["churn"] = StoreChurn.Run,
    ["fill"] = StoreFill.Run,
};

if (args.Length < 2 || !commands.TryGetValue(args[0], out Action<string[]>? command))
{
    Console.Error.WriteLine($"commands: {string.Join(", ", commands.Keys)}; then a data folder");
    return 2;
}

command(args[1..]);
return 0;
