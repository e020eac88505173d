using System.CommandLine;
using AemloBridge.Cli.Options;

namespace AemloBridge.Cli.Commands;

/// <summary>A command with what its help shows beyond the parser's own knowledge.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">One command line that works.</param>
internal sealed class AemloCommand(string name, string description, string example) : Command(name, description)
{
    private readonly List<Option> _methodOptions = [];

    /// <summary>One command line that works.</summary>
    public string Example { get; } = example;

    /// <summary>The options of the method among this command's options; help shows them apart.</summary>
    public IReadOnlyCollection<Option> MethodOptions => _methodOptions;

    /// <summary>Adds an option of the method.</summary>
    public void Add(MethodSwitch item)
    {
        _methodOptions.Add(item.Option);
        Add(item.Option);
    }
}
