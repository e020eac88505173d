using AemloBridge.Aemlo.Options;
using AemloBridge.Devices;
using TorchSharp;

namespace AemloBridge.Tests.Devices;

public class ComputeDeviceTests
{
    [Fact]
    public void Resolve_Cpu_IsTheCpu()
    {
        ComputeDevice device = ComputeDevice.Resolve(DeviceKind.Cpu);

        Assert.Equal("cpu", device.Name);
        Assert.Equal(DeviceType.CPU, device.Device.type);
        Assert.Equal("the CPU was asked for", device.WhyNotCuda);
    }

    [Fact]
    public void Resolve_Auto_TakesCudaExactlyWhereItWorks()
    {
        ComputeDevice device = ComputeDevice.Resolve(DeviceKind.Auto);

        bool works = torch.cuda.is_available();
        Assert.Equal(works ? "cuda:0" : "cpu", device.Name);
        Assert.Equal(works, device.WhyNotCuda is null);
        using torch.Tensor tensor = torch.ones(2, device: device.Device);
        Assert.Equal(works ? DeviceType.CUDA : DeviceType.CPU, tensor.device.type);
    }

    [Fact]
    public void Resolve_CudaWithoutIt_SaysWhyAndWhatToDo()
    {
        if (torch.cuda.is_available())
        {
            Assert.Equal("cuda:0", ComputeDevice.Resolve(DeviceKind.Cuda).Name);
            return;
        }

        string why = ComputeDevice.Resolve(DeviceKind.Auto).WhyNotCuda!;

        DeviceException e = Assert.Throws<DeviceException>(() => ComputeDevice.Resolve(DeviceKind.Cuda));

        Assert.Equal($"CUDA was asked for and cannot be used: {why}; take the CPU with --device cpu", e.Message);
        if (!TorchRuntime.Describe().HasCudaLibraries && !OperatingSystem.IsMacOS())
            Assert.Contains("build with -p:AemloTorch=cuda, or set AEMLO_LIBTORCH", why, StringComparison.Ordinal);
    }
}
