using AemloBridge.Aemlo.Networks;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Generation;

/// <summary>The nearest rows of M in latent space, by Euclidean distance; equal distances go to the lower position.</summary>
internal static class LatentNeighbours
{
    /// <summary>Distances held at once.</summary>
    private const int BlockCells = 1 << 24;

    /// <summary>Finds them by brute force, a block of rows at a time.</summary>
    /// <param name="latent">|M| × l, row-major.</param>
    /// <param name="count">|M|.</param>
    /// <param name="width">l.</param>
    /// <param name="k">How many neighbours are wanted.</param>
    /// <param name="device">Where to multiply.</param>
    /// <param name="cancellationToken">Checked before each block.</param>
    /// <returns>For each row its min(k, |M| − 1) nearest other rows, nearest first.</returns>
    public static int[][] Find(float[] latent, int count, int width, int k, Device device, CancellationToken cancellationToken)
    {
        var neighbours = new int[count][];
        int wanted = Math.Min(k, count - 1);
        using var scope = NewDisposeScope();
        Tensor all = tensor(latent, [count, width], device: device);
        Tensor norms = (all * all).sum(1);
        Tensor transposed = all.t();
        int block = Math.Clamp(BlockCells / Math.Max(count, 1), 1, NetworkInference.ChunkRows);
        var buffer = new float[block * count];
        for (int start = 0; start < count; start += block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var blockScope = NewDisposeScope();
            int rows = Math.Min(block, count - start);
            // ‖z_i − z_j‖² without ‖z_i‖², which is the same for all candidates of a row.
            Tensor distances = all.narrow(0, start, rows).mm(transposed).mul_(Constant.MinusTwo).Accumulate(norms);
            NetworkInference.CopyTo(distances, buffer.AsSpan(0, rows * count));
            for (int row = 0; row < rows; row++)
                neighbours[start + row] = Nearest(buffer.AsSpan(row * count, count), start + row, wanted);
        }

        return neighbours;
    }

    private static int[] Nearest(ReadOnlySpan<float> distances, int self, int wanted)
    {
        var best = new int[wanted];
        int held = 0;
        for (int other = 0; other < distances.Length; other++)
        {
            if (other == self || (held == wanted && (wanted == 0 || !(distances[other] < distances[best[held - 1]]))))
                continue;
            int place = held < wanted ? held++ : held - 1;
            while (place > 0 && distances[other] < distances[best[place - 1]])
            {
                best[place] = best[place - 1];
                place--;
            }

            best[place] = other;
        }

        return best;
    }
}
