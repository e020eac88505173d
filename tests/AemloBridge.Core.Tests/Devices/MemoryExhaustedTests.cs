using AemloBridge.Devices;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Devices;

[Collection(TorchCollection.Name)]
public class MemoryExhaustedTests
{
    [Fact]
    public void Is_TensorLargerThanAnyMemory_IsRecognisedFromWhatLibtorchSays()
    {
        Exception thrown = Assert.ThrowsAny<Exception>(() => empty(1L << 55));
        Assert.True(MemoryExhausted.Is(thrown), $"{thrown.GetType()}: {thrown.Message}");
    }

    [Fact]
    public void Is_OtherErrorOfLibtorch_IsNot()
    {
        using Tensor narrow = zeros(2, 3), wide = zeros(4, 5);
        Exception thrown = Assert.ThrowsAny<Exception>(() => narrow.mm(wide));
        Assert.False(MemoryExhausted.Is(thrown), thrown.Message);
    }
}
