using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Aemlo.Generation;

/// <summary>How new rows compare with the rows they were made from.</summary>
/// <param name="Duplicates">New rows equal in all features and labels to an earlier new row.</param>
/// <param name="DistinctSeeds">Different seed rows used.</param>
/// <param name="MeanHamming">Mean over the rows of the share of labels that differ from the seed's; 0 without rows.</param>
/// <param name="SeedCardinality">Mean labels per seed row, each counted as often as it was used.</param>
/// <param name="Cardinality">Mean labels per new row.</param>
/// <param name="SeedActiveFeatures">Mean feature values other than 0 and missing per seed row.</param>
/// <param name="ActiveFeatures">The same for the new rows.</param>
public sealed record GenerationStatistics(
    int Duplicates,
    int DistinctSeeds,
    double MeanHamming,
    double SeedCardinality,
    double Cardinality,
    double SeedActiveFeatures,
    double ActiveFeatures)
{
    /// <summary>Compares rows with their seeds.</summary>
    /// <param name="rows">The new rows.</param>
    /// <param name="pool">Data that holds the seeds.</param>
    /// <param name="seeds">For each new row its seed's row in <paramref name="pool"/>.</param>
    /// <param name="cancellationToken">Honoured every few thousand rows.</param>
    public static GenerationStatistics Of(SyntheticRows rows, MultiLabelDataset pool, IReadOnlyList<int> seeds, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
            return new GenerationStatistics(0, 0, 0, 0, 0, 0, 0);
        double hamming = 0, seedCardinality = 0, cardinality = 0, seedActive = 0, active = 0;
        int duplicates = 0;
        var seen = new HashSet<(ulong, ulong)>();
        for (int row = 0; row < rows.Count; row++)
        {
            if ((row & 4095) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            hamming += (double)LabelMatrix.Disagreement(rows.Labels, row, pool.Labels, seeds[row]) / rows.Labels.LabelCount;
            seedCardinality += pool.Labels.RowCardinality(seeds[row]);
            cardinality += rows.Labels.RowCardinality(row);
            seedActive += Active(pool.Features, seeds[row]);
            active += Active(rows.Features, row);
            duplicates += seen.Add(Fingerprint(rows, row)) ? 0 : 1;
        }

        int n = rows.Count;
        return new GenerationStatistics(duplicates, seeds.Distinct().Count(), hamming / n, seedCardinality / n, cardinality / n, seedActive / n, active / n);
    }

    private static int Active(FeatureMatrix features, int row)
    {
        int count = 0;
        foreach (double value in features.RowValues(row))
            count += value != 0 && !double.IsNaN(value) ? 1 : 0;
        return count;
    }

    /// <summary>128 bits of SHA-256 over the row: equal rows agree, and others will not within any real number of rows.</summary>
    private static (ulong, ulong) Fingerprint(SyntheticRows rows, int row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (rows.Features.IsSparse)
            hash.AppendData(MemoryMarshal.AsBytes(rows.Features.RowColumns(row)));
        hash.AppendData(MemoryMarshal.AsBytes(rows.Features.RowValues(row)));
        hash.AppendData(MemoryMarshal.AsBytes(rows.Labels.RowWords(row)));
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(hash.GetHashAndReset());
        return (words[0], words[1]);
    }
}
