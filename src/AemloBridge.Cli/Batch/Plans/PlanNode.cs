using AemloBridge.Cli.Errors;
using YamlDotNet.RepresentationModel;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>A node of a plan that knows where it stands, so that whatever is wrong with it is named.</summary>
/// <param name="file">The plan.</param>
/// <param name="key">The key with those around it.</param>
/// <param name="node">The node.</param>
internal sealed class PlanNode(string file, string key, YamlNode node)
{
    private const char Tilde = '~';

    public PlanPlace Place { get; } = PlanPlace.Of(file, node, key);

    /// <summary>True for nothing at all, as after a key whose value was left out.</summary>
    public bool IsEmpty => node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar && (scalar.Value is null or "" or "null" || scalar.Value == Tilde.ToString());

    public bool IsText => node is YamlScalarNode && !IsEmpty;

    public bool IsList => node is YamlSequenceNode;

    /// <summary>A single value.</summary>
    public string Text => IsText && ((YamlScalarNode)node).Value!.Trim() is { Length: > 0 } text ? text : throw Place.Wrong("expected a single value");

    /// <summary>The values of a list, or a single one.</summary>
    public IReadOnlyList<PlanNode> Items => node switch
    {
        YamlSequenceNode { Children.Count: 0 } => throw Place.Wrong("the list is empty; leave the key out, or name at least one"),
        YamlSequenceNode list => [.. list.Children.Select((child, index) => new PlanNode(file, $"{key}[{index + 1}]", child))],
        _ => [this],
    };

    /// <summary>The values by key, in their order.</summary>
    /// <param name="known">The keys allowed; null for any.</param>
    public IReadOnlyDictionary<string, PlanNode> Map(IReadOnlyCollection<string>? known = null)
    {
        if (node is not YamlMappingNode map)
            throw Place.Wrong(known is null ? "expected keys with values" : $"expected keys with values: {string.Join(", ", known)}");
        var values = new OrderedDictionary<string, PlanNode>();
        foreach ((YamlNode name, YamlNode value) in map.Children)
        {
            string word = new PlanNode(file, key, name).Text;
            string path = key.Length == 0 ? word : $"{key}.{word}";
            if (known is not null && !known.Contains(word))
                throw PlanPlace.Of(file, name, path).Wrong($"there is no such key{(Suggestion.Nearest(word, known) is { } nearest ? $" (did you mean '{nearest}'?)" : string.Empty)}; known are {string.Join(", ", known)}");
            values.Add(word, new PlanNode(file, path, value));
        }

        return values;
    }
}
