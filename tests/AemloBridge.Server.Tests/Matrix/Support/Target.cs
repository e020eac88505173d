using AemloBridge.Aemlo.Options;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>What requests are about.</summary>
/// <param name="Dataset">A data set's digest.</param>
/// <param name="Model">A model's id.</param>
/// <param name="Job">A job's id.</param>
internal sealed record Target(string Dataset, string Model, string Job)
{
    /// <summary>What nobody has.</summary>
    public static Target Unknown { get; } = new(new string('0', 64), new string('1', 32), new string('2', 32));

    /// <summary>The options of the jobs that are started.</summary>
    public AemloOptions Options { get; init; } = MatrixData.Short;

    /// <summary>The client's name for the request; may be empty.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Words about it without what it is called.</summary>
    public string Nameless(string words) =>
        new[] { Dataset, Model, Job }.Aggregate(words, (text, name) => text.Replace(name, "…", StringComparison.Ordinal));
}
