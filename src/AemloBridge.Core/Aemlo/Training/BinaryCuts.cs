using AemloBridge.Aemlo.Networks;
using AemloBridge.Features;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>
/// Where reconstructions of 0/1 columns are cut: at the quantile that gives each column as many ones as the given rows
/// have. A cut at one half would leave columns with 1 to 6% of ones almost empty.
/// </summary>
internal static class BinaryCuts
{
    /// <summary>Bytes of reconstructions held at once; wider data sets are worked off in blocks of columns.</summary>
    private const long BlockBytes = 256L << 20;

    /// <summary>One cut for each encoded column; one half where the column is not binary or is constant.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="encoder">Its encoder.</param>
    /// <param name="batches">Encodes the given rows.</param>
    /// <param name="rows">All given rows.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    public static double[] Compute(AemloNetwork network, FeatureEncoder encoder, BatchBuilder batches, int[] rows, CancellationToken cancellationToken)
    {
        var cuts = new double[encoder.Width];
        Array.Fill(cuts, LabelThresholds.Half);
        EncodedColumn[] binary = [.. encoder.Columns.Where(column => column.Kind == ColumnKind.Binary && !column.IsConstant)];
        if (binary.Length == 0 || rows.Length == 0)
            return cuts;
        int perBlock = (int)Math.Clamp(BlockBytes / (4L * rows.Length), 1, binary.Length);
        foreach (EncodedColumn[] block in binary.Chunk(perBlock))
        {
            float[][] columns = Reconstruct(network, batches, rows, block, cancellationToken);
            for (int at = 0; at < block.Length; at++)
                cuts[block[at].First] = Cut(columns[at], block[at].ShareOfOnes);
        }

        return cuts;
    }

    private static float[][] Reconstruct(AemloNetwork network, BatchBuilder batches, int[] rows, EncodedColumn[] block, CancellationToken cancellationToken)
    {
        float[][] columns = [.. block.Select(_ => new float[rows.Length])];
        var buffer = new float[NetworkInference.ChunkRows * block.Length];
        using Tensor wanted = tensor([.. block.Select(column => (long)column.First)], device: network.Device);
        NetworkInference.ForEachChunk(rows, cancellationToken, (chunk, start) =>
        {
            Tensor decoded = network.Fdx.Apply(network.Fex.Apply(batches.Features(chunk))).index_select(1, wanted);
            NetworkInference.CopyTo(decoded, buffer.AsSpan(0, chunk.Length * block.Length));
            for (int row = 0; row < chunk.Length; row++)
            {
                for (int at = 0; at < block.Length; at++)
                    columns[at][start + row] = buffer[row * block.Length + at];
            }
        });
        return columns;
    }

    /// <summary>The midpoint between the k-th and the next largest value, k being the ones the column has.</summary>
    private static double Cut(float[] column, double shareOfOnes)
    {
        int ones = Math.Clamp((int)Math.Round(shareOfOnes * column.Length), 1, column.Length - 1);
        Array.Sort(column);
        return ((double)column[^ones] + column[^(ones + 1)]) / 2;
    }
}
