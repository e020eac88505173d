using System.Text.Json;
using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Losses;

/// <summary>One of the golden files: a batch, parameters, and what an independent implementation made of them.</summary>
internal sealed class GoldenBatch
{
    private readonly JsonElement _root;

    public GoldenBatch(string fileName)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", fileName)));
        _root = document.RootElement.Clone();
    }

    public double LearningRate => _root.GetProperty("lr").GetDouble();

    public Tensor X => tensor(Numbers(_root.GetProperty("X")), [Int("n"), Int("d")]);

    public Tensor Y => tensor(Numbers(_root.GetProperty("Y")), [Int("n"), Int("q")]);

    public int Int(string name) => _root.GetProperty(name).GetInt32();

    public double Term(string name) => _root.GetProperty("terms").GetProperty(name).GetDouble();

    public double TermAtStep(int step, string name) => _root.GetProperty("terms_per_step")[step].GetProperty(name).GetDouble();

    public double[] Values(string section, string parameter) =>
        Numbers(_root.GetProperty(section).GetProperty(parameter).GetProperty("values"));

    /// <summary>A float64 network holding the golden parameters.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="goldenName">From our parameter names to the file's.</param>
    public AemloNetwork Network(NetworkShape shape, Func<string, string> goldenName)
    {
        var network = new AemloNetwork(shape, ScalarType.Float64, CPU);
        foreach (ParameterSpec spec in network.Parameters.Specs)
            network.Parameters.Value(spec.Name).copy_(tensor(Values("parameters", goldenName(spec.Name)), spec.Shape));
        return network;
    }

    public static void AssertClose(double[] expected, double[] actual, double relative, double absolute, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            AssertClose(expected[index], actual[index], relative, absolute, $"{what}[{index}]");
    }

    public static void AssertClose(double expected, double actual, double relative, double absolute, string what) =>
        Assert.True(
            Math.Abs(expected - actual) <= Math.Max(absolute, relative * Math.Abs(expected)),
            $"{what}: expected {expected:R}, got {actual:R}");

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];
}
