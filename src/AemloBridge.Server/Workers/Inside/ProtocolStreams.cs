using System.Runtime.InteropServices;
using AemloBridge.Server.Workers.V1;
using Microsoft.Win32.SafeHandles;

namespace AemloBridge.Server.Workers.Inside;

/// <summary>
/// The worker's two ends of the protocol. Standard output is taken away from everything else: what native code or a
/// library prints there goes to standard error.
/// </summary>
internal sealed partial class ProtocolStreams : IDisposable
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly Lock _writing = new();
    private readonly Stream _output;

    private ProtocolStreams(Stream input, Stream output)
    {
        Input = input;
        _output = output;
    }

    public Stream Input { get; }

    /// <summary>Takes the process's standard streams.</summary>
    public static ProtocolStreams Take()
    {
        Stream input = Console.OpenStandardInput();
        Stream output = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : MovedOutput();
        Console.SetOut(Console.Error);
        return new ProtocolStreams(input, output);
    }

    /// <summary>Says something. From any thread.</summary>
    /// <exception cref="IOException">The front end is gone.</exception>
    public void Say(WorkerEvent said)
    {
        byte[] bytes = Framing.Bytes(said);
        lock (_writing)
        {
            _output.Write(bytes);
            _output.Flush();
        }
    }

    public void Dispose()
    {
        Input.Dispose();
        _output.Dispose();
    }

    private static FileStream MovedOutput()
    {
        int moved = Duplicate(StandardOutput);
        if (moved < 0 || DuplicateTo(StandardError, StandardOutput) < 0)
            throw new IOException(FormattableString.Invariant($"standard output cannot be moved: error {Marshal.GetLastPInvokeError()}"));
        return new FileStream(new SafeFileHandle(moved, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int DuplicateTo(int descriptor, int target);
}
