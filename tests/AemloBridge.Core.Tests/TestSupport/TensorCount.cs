using TorchSharp;

namespace AemloBridge.Tests.TestSupport;

/// <summary>How many tensors live in this process.</summary>
internal static class TensorCount
{
    /// <summary>
    /// The count after the tensors that earlier tests left to the garbage collector are gone: it would otherwise fall
    /// while a test runs. Take it after what is made once and kept has been made.
    /// </summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return torch.Tensor.TotalCount;
    }

    /// <summary>The count as it is, with nothing collected first: what a test left to the garbage collector is a leak.</summary>
    public static long Now => torch.Tensor.TotalCount;
}
