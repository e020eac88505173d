using AemloBridge.Aemlo.Losses;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Aemlo.Networks;

/// <summary>
/// Every tensor of a training step lives on the device asked for. libtorch's meta device stands for a GPU here: it has
/// shapes and no data, and an operation that mixes it with the CPU throws, just as one that mixes CUDA with the CPU.
/// </summary>
[Collection(TorchCollection.Name)]
public class DevicePlacementTests
{
    private static readonly Device Meta = new(DeviceType.META);

    public static TheoryData<string> Presets => [.. AemloPresets.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Step_OnAnotherDevice_NeverMixesInTheCpu(string preset)
    {
        using var scope = NewDisposeScope();
        AemloOptions options = AemloPresets.Get(preset) with { Latent = 6, Hidden = 4 };
        using var network = new AemloNetwork(NetworkShape.Of(options, 5, 3), ScalarType.Float32, Meta);
        using var adam = new FlatAdam(network.Parameters.Values, network.Parameters.Gradients, 1e-3);
        foreach (int rows in new[] { 1, 4, 9 })
        {
            Tensor terms = new AemloObjective(network, LossWeights.Of(options)).Step(zeros([rows, 5], device: Meta), zeros([rows, 3], device: Meta));
            adam.Step(threads: 2);
            Assert.Equal(DeviceType.META, terms.device_type);
        }

        Assert.Equal(DeviceType.META, network.Parameters.Values.device_type);
        Assert.Equal(DeviceType.META, adam.FirstMoment.device_type);
        Assert.Equal(DeviceType.META, adam.SecondMoment.device_type);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Step_RowsLeftOnTheCpu_AreNotTakenSilently(string preset)
    {
        using var scope = NewDisposeScope();
        AemloOptions options = AemloPresets.Get(preset) with { Latent = 6, Hidden = 4 };
        using var network = new AemloNetwork(NetworkShape.Of(options, 5, 3), ScalarType.Float32, Meta);
        Assert.ThrowsAny<Exception>(() => new AemloObjective(network, LossWeights.Of(options)).Step(zeros([4, 5]), zeros([4, 3])));
    }

    [Fact]
    public void Batches_BuiltOnTheHost_ArriveOnTheDevice()
    {
        using var scope = NewDisposeScope();
        MultiLabelDataset data = TestData.Numeric(sparse: true);
        FeatureEncoder encoder = FeatureEncoder.Fit(data.Schema, data.Features);
        using var batches = new BatchBuilder(data, encoder, 8, Meta);
        Assert.Equal(DeviceType.META, batches.Features([1, 2, 3]).device_type);
        Assert.Equal(DeviceType.META, batches.Labels([1, 2, 3]).device_type);
    }
}
