using System.Runtime.InteropServices;

namespace AemloBridge.Devices;

/// <summary>Recognises that memory ran out: TorchSharp throws a plain <see cref="ExternalException"/> for it, on the CPU and on CUDA.</summary>
public static class MemoryExhausted
{
    /// <summary>What a user can do about it.</summary>
    public const string Advice = "lower --batch-size, --hidden, --latent or --num, or give fewer rows";

    private static readonly string[] Words = ["out of memory", "can't allocate memory", "cannot allocate memory", "not enough memory", "bad_alloc"];

    /// <summary>Whether an exception says that memory ran out, the machine's or the device's.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool Is(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && Words.Any(words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
