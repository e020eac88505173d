namespace AemloBridge.Server.Configuration;

/// <summary>One setting as it was given somewhere.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Values">One value, or several for a list.</param>
/// <param name="Source">Where: what <c>--check</c> shows, for example <c>command line</c> or <c>server.yaml:3</c>.</param>
/// <param name="Label">What errors begin with, for example <c>--listen</c> or <c>server.yaml:3: listen</c>.</param>
internal sealed record GivenSetting(string Name, IReadOnlyList<string> Values, string Source, string Label);

/// <summary>A setting as it counts.</summary>
/// <param name="Option">Which one.</param>
/// <param name="Value">Its value; null when unset.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record EffectiveSetting(ServerOption Option, string? Value, string Source);
