using AemloBridge.Data;
using static TorchSharp.torch;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>Which estimator is faster for some rows, within memory.</summary>
internal static class EstimatorChoice
{
    /// <summary>Multiplications of a panel in the time of one step along a list, which is about 1 ns on one core with AVX2.</summary>
    private const double ProductsPerStep = 24;

    /// <summary>Panels may always be this large...</summary>
    private const long FreePanelBytes = 64L << 20;

    /// <summary>...and beyond it this many times the size of the lists.</summary>
    private const int PanelsPerList = 8;

    /// <summary>More than this is not asked of a device: rows that wide are better listed.</summary>
    private const long LargestDeviceBytes = 4L << 30;

    /// <summary>Makes the estimator.</summary>
    /// <param name="space">The metric.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="candidates">Those to estimate distances to.</param>
    /// <param name="kind">The kind to make, for tests; null to choose.</param>
    /// <param name="device">libtorch's device; null to stay without libtorch.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="cancellationToken">Checked row by row.</param>
    public static IDistanceEstimator Make(DistanceSpace space, FeatureMatrix rows, int[] candidates, EstimatorKind? kind, Device? device, int threads, CancellationToken cancellationToken)
    {
        if (device is not null && (kind ?? EstimatorKind.Torch) == EstimatorKind.Torch)
        {
            var centred = new ProductForm(space, rows, centred: true);
            if (sizeof(float) * (long)centred.FactorCount * candidates.Length <= LargestDeviceBytes)
                return new TorchEstimator(centred, candidates, device, threads, cancellationToken);
        }

        var plain = new ProductForm(space, rows, centred: false);
        if (kind != EstimatorKind.Panels)
        {
            int[] counts = Counts(plain, candidates, cancellationToken);
            if (kind == EstimatorKind.Lists || ListsAreBetter(counts, candidates.Length))
                return new ListEstimator(plain, candidates, counts, threads, cancellationToken);
        }

        return new PanelEstimator(new ProductForm(space, rows, centred: true), candidates, threads, cancellationToken);
    }

    private static bool ListsAreBetter(int[] counts, int candidates)
    {
        double steps = 0;
        long entries = 0;
        foreach (int count in counts)
        {
            // Queries have entries as often as candidates do.
            steps += (double)count * count / Math.Max(candidates, 1);
            entries += count;
        }

        long panelBytes = sizeof(float) * (long)counts.Length * candidates;
        long listBytes = (sizeof(int) + sizeof(float)) * entries;
        return steps * ProductsPerStep < (double)counts.Length * candidates || panelBytes > Math.Max(FreePanelBytes, PanelsPerList * listBytes);
    }

    private static int[] Counts(ProductForm form, int[] candidates, CancellationToken cancellationToken)
    {
        var counts = new int[form.FactorCount];
        RowCode code = form.NewCode();
        foreach (int row in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            form.Encode(row, code);
            foreach (int factor in code.Factors)
                counts[factor]++;
        }

        return counts;
    }
}
