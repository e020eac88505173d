using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Training;
using AemloBridge.Cli.Errors;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Resampling.Options;

namespace AemloBridge.Cli.Tests.Errors;

public class FailureTests
{
    public static TheoryData<Exception, int> Exceptions => new()
    {
        { new UsageException("m"), 2 },
        { new AemloOptionException("epochs", "m"), 2 },
        { new AemloInputException("m"), 3 },
        { new AemloModelFormatException("m"), 3 },
        { AemloTrainingException.OfTerm(3, "ranking", double.NaN), 4 },
        { new DeviceException("m"), 5 },
        { new OutputException("m", new IOException()), 6 },
        { new IOException("m"), 6 },
        { new UnauthorizedAccessException("m"), 6 },
        { new OperationCanceledException(), 130 },
        { new InvalidOperationException("m"), 1 },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void From_Exception_HasTheDocumentedCode(Exception exception, int expected)
    {
        Failure failure = Failure.From(exception);

        Assert.Equal(expected, failure.Code);
        Assert.Contains(ExitCodes.Meanings, pair => pair.Key == expected);
    }

    [Theory]
    [InlineData("[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.\nframe #0: c10::alloc_cpu", "can't allocate memory: you tried to allocate 9 bytes)")]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB.", "Tried to allocate 2.00 GiB)")]
    public void From_LibtorchOutOfMemory_IsADeviceErrorOfOneLineThatSaysWhatToDo(string thrown, string shown)
    {
        var failure = Failure.From(new ExternalException(thrown));

        Assert.Equal((ExitCodes.Device, "device"), (failure.Code, failure.Kind));
        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
        Assert.Contains("--batch-size", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void From_OtherErrorOfLibtorch_IsInternalWithoutItsStack()
    {
        var failure = Failure.From(new ExternalException("mat1 and mat2 shapes\nframe #0: at::mm"));

        Assert.Equal(ExitCodes.Internal, failure.Code);
        Assert.Contains("ExternalException: mat1 and mat2 shapes (", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_CancelledBySignal_HasTheCodeOfTheSignal() =>
        Assert.Equal(143, Failure.From(new OperationCanceledException(), 143).Code);

    [Fact]
    public void Meanings_Codes_AreDistinct() =>
        Assert.Equal(ExitCodes.Meanings.Count, ExitCodes.Meanings.Select(pair => pair.Key).Distinct().Count());
}
