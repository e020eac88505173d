using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Networks;

/// <summary>Runs a trained network over many rows in chunks; results come back as plain arrays.</summary>
internal static class NetworkInference
{
    /// <summary>Rows per chunk: large enough for matrix kernels, small enough that a chunk's memory does not matter.</summary>
    public const int ChunkRows = 512;

    /// <summary>Probabilities of the labels, sigmoid(Fdy(Fex(x))), rows × q.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Encodes the rows, up to <see cref="ChunkRows"/> of them at a time.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    public static float[] LabelProbabilities(AemloNetwork network, Training.BatchBuilder batches, int[] rows, CancellationToken cancellationToken)
    {
        int q = network.Shape.Labels;
        float[] result = Allocate(rows.Length, q);
        ForEachChunk(rows, cancellationToken, (chunk, start) =>
        {
            Tensor scores = network.Fdy.Apply(network.Fex.Apply(batches.Features(chunk))).sigmoid_();
            CopyTo(scores, result.AsSpan(checked(start * q), chunk.Length * q));
        });
        return result;
    }

    /// <summary>Latent rows Fex(x), rows × l.</summary>
    public static float[] LatentRows(AemloNetwork network, Training.BatchBuilder batches, int[] rows, CancellationToken cancellationToken)
    {
        int l = network.Shape.Latent;
        float[] result = Allocate(rows.Length, l);
        ForEachChunk(rows, cancellationToken, (chunk, start) =>
            CopyTo(network.Fex.Apply(batches.Features(chunk)), result.AsSpan(checked(start * l), chunk.Length * l)));
        return result;
    }

    private static float[] Allocate(int rows, int columns) => (long)rows * columns <= Array.MaxLength
        ? new float[rows * columns]
        : throw new Data.AemloInputException($"{rows:N0} rows of {columns:N0} columns are more than the {Array.MaxLength:N0} numbers that fit one array; use fewer rows");

    /// <summary>Copies a contiguous float32 tensor from any device.</summary>
    public static void CopyTo(Tensor source, Span<float> destination)
    {
        using Tensor onHost = source.cpu();
        using Tensor packed = onHost.contiguous();
        MemoryMarshal.Cast<byte, float>(packed.bytes).CopyTo(destination);
    }

    /// <summary>The cells of a float32 tensor from any device.</summary>
    public static float[] ToArray(Tensor source)
    {
        var cells = new float[source.numel()];
        CopyTo(source, cells);
        return cells;
    }

    /// <summary>Calls an action with the rows of each chunk and the position of its first row.</summary>
    public static void ForEachChunk(int[] rows, CancellationToken cancellationToken, Action<int[], int> action)
    {
        for (int start = 0; start < rows.Length; start += ChunkRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            action(rows[start..Math.Min(start + ChunkRows, rows.Length)], start);
        }
    }
}
