using AemloBridge.Devices;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Workers.Inside;
using AemloBridge.Server.Workers.V1;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>What clients hear of an exception in a worker.</summary>
public class RunFailureTests
{
    private const string Path = "/opt/secret/libtorch";

    public static TheoryData<Exception, StatusCode> OfTheServer => new()
    {
        { new DeviceException($"the libtorch in {Path} is for the CPU"), StatusCode.FailedPrecondition },
        { new DllNotFoundException($"{Path} cannot be loaded"), StatusCode.FailedPrecondition },
        { new IOException($"{Path} is gone"), StatusCode.Internal },
        { new System.Runtime.InteropServices.ExternalException("CUDA error: an illegal memory access was encountered"), StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(OfTheServer))]
    public void Of_AnErrorOfTheServer_KeepsItsWordsToTheLog(Exception exception, StatusCode expected)
    {
        JobError error = RunFailures.Of(exception, new RunJob());
        Assert.Equal((int)expected, error.Code);
        Assert.True(RunFailures.IsOfServer(error));
        Assert.DoesNotContain(Path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("illegal", error.Message, StringComparison.Ordinal);
        Assert.Contains("log", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MemoryThatRanOut_IsNoErrorOfTheServer()
    {
        JobError error = RunFailures.Of(new System.Runtime.InteropServices.ExternalException("CUDA out of memory."), new RunJob());
        Assert.Equal((int)StatusCode.ResourceExhausted, error.Code);
        Assert.False(RunFailures.IsOfServer(error));
    }
}
