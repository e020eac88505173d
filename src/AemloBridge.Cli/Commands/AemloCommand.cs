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
    private readonly List<Option> _others = [];

    /// <summary>One command line that works.</summary>
    public string Example { get; } = example;

    /// <summary>The options of the method among this command's options; help shows them apart.</summary>
    public IReadOnlyCollection<Option> MethodOptions => _methodOptions;

    /// <summary>Options that only other methods have; help leaves them to <c>aemlo methods</c>.</summary>
    public IReadOnlyCollection<Option> OtherMethodOptions => _others;

    /// <summary>Adds an option of the method.</summary>
    /// <param name="item">The option.</param>
    /// <param name="shown">False for an option that only other methods have.</param>
    public void Add(MethodSwitch item, bool shown = true)
    {
        (shown ? _methodOptions : _others).Add(item.Option);
        Add(item.Option);
    }
}
