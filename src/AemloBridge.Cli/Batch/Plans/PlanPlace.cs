using AemloBridge.Data;
using YamlDotNet.RepresentationModel;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>A place in a plan, for errors: file, line, column and key.</summary>
/// <param name="File">The plan.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Key">The key with those around it, for example <c>sets.paper.epochs</c>; empty for the whole plan.</param>
internal sealed record PlanPlace(string File, long Line, long Column, string Key)
{
    public static PlanPlace Of(string file, YamlNode node, string key) => new(file, node.Start.Line, node.Start.Column, key);

    /// <summary>The error for what stands here.</summary>
    public AemloInputException Wrong(string reason) => new(Key.Length == 0 ? reason : $"{Key}: {reason}", File, Line, Column);
}
