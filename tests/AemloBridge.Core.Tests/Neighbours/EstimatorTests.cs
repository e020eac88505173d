using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;
using AemloBridge.Randomness;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Neighbours;

/// <summary>What estimates do to a search: nothing, whichever estimator made them and however wrong they had to be.</summary>
[Collection(TorchCollection.Name)]
public class EstimatorTests
{
    private const int Seeds = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, long> Ways => new()
    {
        { "Lists", 1, 0 },
        { "Lists", 2, 4000 },
        { "Panels", 1, 0 },
        { "Panels", 2, 3000 },
        { "Torch", 1, 4000 },
        { "Torch", 2, NeighbourSearchOptions.DefaultBlockBytes },
        { "Panels", 3, NeighbourSearchOptions.DefaultBlockBytes },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Find_AnyEstimatorThreadsAndBlocks_EqualsSortingEveryDistance(string kind, int threads, long blockBytes)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomRows.Make(seed, sparse: seed % 2 == 0);
            bool scaled = seed % 3 != 0;
            int? label = seed % 4 < 2 ? seed % 2 : null;
            using NeighbourSearch search = Search(data, scaled, label, kind, threads, blockBytes);
            int[] all = [.. Enumerable.Range(0, data.RowCount)];
            int[]? candidates = seed % 5 == 0 ? [.. all.Where(row => row % 3 != 1)] : null;
            AssertLiteral(new LiteralNeighbours(data, scaled, label), data, search, candidates, 1 + seed % 6);
        }
    }

    [Theory]
    [InlineData("Lists")]
    [InlineData("Panels")]
    [InlineData("Torch")]
    public void Find_DistancesCloserThanEstimatesCanTell_EqualsSortingEveryDistance(string kind)
    {
        // Steps of 1e-9 in one column, with others that make every distance large, and far outliers that make the range large.
        var random = new SeededRandom(3, RandomStream.Sample);
        double[][] rows = [.. Enumerable.Range(0, 300).Select(row => new[]
        {
            5 + 1e-9 * random.NextInt(1000), row % 2 * 100.0, row == 7 ? 1e5 : random.NextInt(2), 0,
        })];
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("a"), DataAttribute.Numeric("b"), DataAttribute.Numeric("c")], 1, rows);
        foreach (bool scaled in new[] { true, false })
        {
            using NeighbourSearch search = Search(data, scaled, null, kind, 2, 4000);
            AssertLiteral(new LiteralNeighbours(data, scaled), data, search, null, 5);
        }
    }

    [Theory]
    [InlineData("Lists")]
    [InlineData("Panels")]
    [InlineData("Torch")]
    public void Find_ManyEqualRowsBetweenOthers_EqualsSortingEveryDistance(string kind)
    {
        var random = new SeededRandom(4, RandomStream.Sample);
        double[][] shapes = [.. Enumerable.Range(0, 3).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble(), 0 })];
        double[][] rows = [.. Enumerable.Range(0, 250).Select(row => row % 10 == 0
            ? [random.NextDouble(), random.NextDouble(), random.NextDouble(), 0]
            : shapes[random.NextInt(3)])];
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("a"), DataAttribute.Numeric("b"), DataAttribute.Numeric("c")], 1, rows);
        using NeighbourSearch search = Search(data, true, null, kind, 2, 4000);
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        AssertLiteral(new LiteralNeighbours(data), data, search, null, 6);
        AssertLiteral(new LiteralNeighbours(data), data, search, [.. all.Where(row => row % 3 != 0)], 6);
    }

    [Theory]
    [InlineData("Lists", 1e25)]
    [InlineData("Panels", 1e25)]
    [InlineData("Torch", 1e25)]
    [InlineData("Lists", 1e170)]
    [InlineData("Panels", 1e170)]
    [InlineData("Lists", 1e308)]
    [InlineData("Panels", 1e308)]
    [InlineData("Torch", 1e308)]
    [InlineData("Lists", 1e-30)]
    [InlineData("Panels", 1e-30)]
    [InlineData("Torch", 1e-30)]
    [InlineData("Panels", 1e-200)]
    public void Find_UnscaledNumbersBeyondFloat32_EqualsSortingEveryDistance(string kind, double size)
    {
        var random = new SeededRandom(5, RandomStream.Sample);
        double[][] rows = [.. Enumerable.Range(0, 80).Select(_ => new[] { size * (random.NextDouble() - 0.5), size * random.NextDouble(), 0 })];
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("a"), DataAttribute.Numeric("b")], 1, rows);
        using NeighbourSearch search = Search(data, scaled: false, null, kind, 2, 4000);
        AssertLiteral(new LiteralNeighbours(data, scaleNumeric: false), data, search, null, 4);
    }

    [Theory]
    [InlineData("Lists")]
    [InlineData("Panels")]
    [InlineData("Torch")]
    public void Estimate_RandomRows_IsWithinItsOwnBound(string kind)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomRows.Make(seed, sparse: seed % 2 == 0);
            DistanceSpace space = DistanceSpaceTests.Space(data, seed % 3 != 0, seed % 4 < 2 ? seed % 2 : null);
            int[] all = [.. Enumerable.Range(0, data.RowCount)];
            using IDistanceEstimator estimator = EstimatorChoice.Make(space, data.Features, all, Enum.Parse<EstimatorKind>(kind), CPU, 2, Token);
            var estimates = new float[all.Length * estimator.Stride];
            var bases = new EstimateBase[all.Length];
            estimator.Estimate(all, bases, estimates);
            foreach (int query in all)
            {
                foreach (int other in all)
                {
                    double estimate = estimates[query * estimator.Stride + other] + bases[query].Norm;
                    double measured = space.SquaredDistance(data.Features, query, data.Features, other);
                    Assert.True(Math.Abs(estimate - measured) <= bases[query].Error, $"seed {seed}: {estimate} is not {measured} ± {bases[query].Error}");
                }
            }
        }
    }

    [Theory]
    [InlineData("Lists")]
    [InlineData("Panels")]
    [InlineData("Torch")]
    public void Estimate_NominalFeatures_IsExact(string kind)
    {
        var random = new SeededRandom(9, RandomStream.Sample);
        double[][] rows = [.. Enumerable.Range(0, 50).Select(_ => new double[] { random.NextInt(2), random.NextInt(5), random.NextInt(2), 0 })];
        MultiLabelDataset data = TestData.Literal([DataAttribute.Nominal("a", "0", "1"), DataAttribute.Nominal("b", "v", "w", "x", "y", "z"), DataAttribute.Nominal("c", "0", "1")], 1, rows);
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        using IDistanceEstimator estimator = EstimatorChoice.Make(DistanceSpace.Overlap(data.Schema, data.Features), data.Features, all, Enum.Parse<EstimatorKind>(kind), CPU, 1, Token);
        var bases = new EstimateBase[all.Length];
        estimator.Estimate(all, bases, new float[all.Length * estimator.Stride]);
        Assert.All(bases, basis => Assert.Equal(0, basis.Error));
    }

    private static NeighbourSearch Search(MultiLabelDataset data, bool scaled, int? label, string kind, int threads, long blockBytes) => new(
        DistanceSpaceTests.Space(data, scaled, label),
        data.Features,
        new NeighbourSearchOptions { Threads = threads, BlockBytes = blockBytes },
        Enum.Parse<EstimatorKind>(kind),
        CPU);

    private static void AssertLiteral(LiteralNeighbours literal, MultiLabelDataset data, NeighbourSearch search, int[]? candidates, int k)
    {
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        Neighbour[][] found = search.Find(all, candidates, k, Token);
        for (int row = 0; row < all.Length; row++)
            NeighbourSearchTests.AssertEqual(literal.Nearest(data.Features, row, candidates ?? all, k), found[row]);
    }
}
