using System.Diagnostics;
using System.Globalization;
using AemloBridge.Benchmarks.Serving;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;
using static TorchSharp.torch;

namespace AemloBridge.Benchmarks.Neighbours;

/// <summary>One block of estimates by our own kernel and by libtorch's matrix product, in turns.</summary>
internal static class EstimatorReport
{
    private const int Rounds = 9;
    private const int Queries = 384;

    public static void Print(int rows, int columns)
    {
        TorchRuntime.Initialize(0);
        (DatasetSchema schema, FeatureMatrix features) = NeighbourReport.Generate(rows, columns);
        DistanceSpace space = DistanceSpace.Overlap(schema, features);
        int[] all = [.. Enumerable.Range(0, rows)];
        EstimatorKind[] kinds = [EstimatorKind.Panels, EstimatorKind.Torch];
        IDistanceEstimator[] estimators = [.. kinds.Select(kind => EstimatorChoice.Make(space, features, all, kind, CPU, Environment.ProcessorCount, CancellationToken.None))];
        var seconds = kinds.ToDictionary(kind => kind, _ => new List<double>());
        var bases = new EstimateBase[Queries];
        var estimates = new float[Queries * estimators.Max(estimator => estimator.Stride)];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                var watch = Stopwatch.StartNew();
                estimators[kind].Estimate(all.AsMemory(0, Queries), bases, estimates);
                if (round > 0)
                    seconds[kinds[kind]].Add(watch.Elapsed.TotalSeconds);
            }
        }

        double own = Stopwatches.Median(seconds[EstimatorKind.Panels]);
        double torch = Stopwatches.Median(seconds[EstimatorKind.Torch]);
        double operations = 2.0 * Queries * rows * columns;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rows} x {columns} | {1e3 * own:F1} | {operations / own / 1e9:F0} | {1e3 * torch:F1} | {operations / torch / 1e9:F0} | {own / torch:F2} |"));
        foreach (IDistanceEstimator estimator in estimators)
            estimator.Dispose();
    }
}
