using AemloBridge.Protocol.V1;
using AemloBridge.Server.Workers;
using AemloBridge.Server.Workers.V1;

namespace AemloBridge.Server.Tests.Workers;

public class WorkerPartsTests
{
    [Theory]
    [InlineData("auto", "2,3", null)]
    [InlineData("cpu", "2,3", "")]
    [InlineData("cuda:1", null, "1")]
    [InlineData("cuda:1", "2, 3", "3")]
    [InlineData("cuda:0", "GPU-abc", "GPU-abc")]
    public void VisibleGpus_EachDevice_SeesItsOwn(string device, string? inherited, string? expected) =>
        Assert.Equal(expected, WorkerCommandLine.VisibleGpus(device, inherited));

    [Fact]
    public void For_ALibrary_IsRunByTheHost()
    {
        Assert.Equal(["/opt/aemlo.dll", "worker", "--device", "cpu"], WorkerCommandLine.For("/opt/aemlo.dll", "cpu").ArgumentList);
        Assert.Equal("dotnet", WorkerCommandLine.For("/opt/aemlo.dll", "cpu").FileName);
        Assert.Equal(["worker", "--device", "cpu"], WorkerCommandLine.For("/opt/aemlo", "cpu").ArgumentList);
    }

    [Fact]
    public async Task ReadAsync_WhatWasWritten_ComesBackAndThenTheEnd()
    {
        WorkerEvent said = new() { Failed = new RunFailed { JobId = "j", Error = new JobError { Message = new string('x', 300_000) } } };
        using var stream = new MemoryStream([.. Framing.Bytes(said), .. Framing.Bytes(new WorkerEvent())]);
        Assert.Equal(said, await Framing.ReadAsync(stream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
        Assert.Equal(new WorkerEvent(), await Framing.ReadAsync(stream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
        Assert.Null(await Framing.ReadAsync(stream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hello, this is not the protocol")]
    [InlineData("\u007f\u007f\u007f")]
    public async Task ReadAsync_SomethingElse_IsRefused(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text));
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => Framing.ReadAsync(stream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
        Assert.True(error is InvalidDataException or IOException, error.ToString());
    }

    [Fact]
    public async Task ReadAsync_ALengthBeyondReason_IsRefusedBeforeMemoryIsTaken()
    {
        using var stream = new MemoryStream([0xFF, 0xFF, 0xFF, 0x7F]);
        await Assert.ThrowsAsync<InvalidDataException>(() => Framing.ReadAsync(stream, WorkerEvent.Parser, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StandardErrorTail_MuchText_KeepsTheEndAndCutsLongLines()
    {
        var lines = new List<string>();
        var tail = new StandardErrorTail(lines.Add);
        await tail.ReadAsync(new StringReader(string.Join('\n', Enumerable.Range(0, 500).Select(line => $"line {line}")) + "\n\n" + new string('y', 100_000)));
        Assert.Equal(501, lines.Count);
        Assert.Equal(1000, lines[^1].Length);
        Assert.InRange(tail.Text.Length, 1000, 2500);
        Assert.EndsWith("y", tail.Text, StringComparison.Ordinal);
        Assert.Contains("line 499", tail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1\n", tail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(137, "SIGKILL")]
    [InlineData(134, "SIGABRT")]
    [InlineData(3, "exit code 3")]
    [InlineData(255, "exit code 255")]
    public void How_EachEnd_IsNamed(int code, string expected) =>
        Assert.Contains(expected, new WorkerExit(code, "").How, StringComparison.Ordinal);

    [Fact]
    public void Pause_MoreFailures_GrowsToItsBound()
    {
        var times = new WorkerTimes();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 7).Select(failures => times.Pause(failures).TotalSeconds));
        Assert.Equal(30, times.Pause(10_000).TotalSeconds);
    }
}
