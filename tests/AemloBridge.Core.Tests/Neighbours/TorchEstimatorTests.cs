using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;
using AemloBridge.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace AemloBridge.Tests.Neighbours;

[Collection(TorchCollection.Name)]
public class TorchEstimatorTests
{
    private static readonly Device Meta = new(DeviceType.META);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The meta device stands for a GPU: an operation that mixes it with the CPU throws.
    [Fact]
    public void Multiply_OnAnotherDevice_NeverMixesInTheCpu()
    {
        using var scope = NewDisposeScope();
        MultiLabelDataset data = TestData.Mixed();
        using TorchEstimator estimator = Estimator(data, Meta);
        Tensor estimates = estimator.Multiply([3, 1, 4], new EstimateBase[3]);
        Assert.Equal(DeviceType.META, estimates.device_type);
        Assert.Equal([3, data.RowCount], estimates.shape);
    }

    [Fact]
    public void Shortlist_EachQuery_HasTheSmallestEstimatesInOrder()
    {
        MultiLabelDataset data = TestData.Numeric();
        using TorchEstimator estimator = Estimator(data, CPU);
        int[] queries = [5, 0, 99];
        var all = new float[queries.Length * estimator.Stride];
        estimator.Estimate(queries, new EstimateBase[3], all);
        var smallest = new float[queries.Length * 7];
        var places = new long[queries.Length * 7];
        estimator.Shortlist(queries, 7, new EstimateBase[3], smallest, places);
        for (int query = 0; query < queries.Length; query++)
        {
            // libtorch may sum in another order the next time: the last digits differ from call to call.
            float[] own = all[(query * estimator.Stride)..][..data.RowCount];
            float[] listed = smallest[(query * 7)..][..7];
            Assert.Equal(own.Order().Take(7), listed, (one, other) => Math.Abs(one - other) < 1e-5);
            Assert.Equal(listed.Order(), listed);
            Assert.Equal(listed, places[(query * 7)..][..7].Select(place => own[place]), (one, other) => Math.Abs(one - other) < 1e-5);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_ShortlistsThatAnswerAndThatLeaveOpen_EqualsSortingEveryDistance(bool ties)
    {
        var random = new SeededRandom(2, RandomStream.Sample);
        double[][] rows = [.. Enumerable.Range(0, 200).Select(_ => new[] { ties ? random.NextInt(3) : random.NextDouble(), ties ? 1 : random.NextDouble(), 0 })];
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("a"), DataAttribute.Numeric("b")], 1, rows);
        var literal = new LiteralNeighbours(data);
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        int[] odd = [.. all.Where(row => row % 2 == 1)];
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features, null, EstimatorKind.Torch, CPU);
        foreach (int[]? candidates in new[] { null, odd })
        {
            Neighbour[][] found = search.Find(all, candidates, 4, Token);
            for (int row = 0; row < all.Length; row++)
                NeighbourSearchTests.AssertEqual(literal.Nearest(data.Features, row, candidates ?? all, 4), found[row]);
        }
    }

    [Fact]
    public void Find_Disposed_LeavesNoTensor()
    {
        MultiLabelDataset data = TestData.Mixed();
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        long before = TensorCount.Settled();
        using (var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features, null, EstimatorKind.Torch, CPU))
        {
            search.Find(all, null, 3, Token);
            search.Find(all, [.. all.Where(row => row % 2 == 0)], 3, Token);
        }

        Assert.Equal(before, TensorCount.Now);
    }

    [Fact]
    public void Find_AutomaticDevice_EqualsTheCpu()
    {
        MultiLabelDataset data = TestData.Mixed();
        DistanceSpace space = DistanceSpace.Overlap(data.Schema, data.Features);
        int[] all = [.. Enumerable.Range(0, data.RowCount)];
        using var automatic = new NeighbourSearch(space, data.Features, new NeighbourSearchOptions { Device = DeviceKind.Auto });
        using var cpu = new NeighbourSearch(space, data.Features);
        Assert.Equal(cpu.Find(all, null, 5, Token).SelectMany(list => list), automatic.Find(all, null, 5, Token).SelectMany(list => list));
    }

    private static TorchEstimator Estimator(MultiLabelDataset data, Device device)
    {
        var form = new ProductForm(DistanceSpace.Overlap(data.Schema, data.Features), data.Features, centred: true);
        return new TorchEstimator(form, [.. Enumerable.Range(0, data.RowCount)], device, 2, Token);
    }
}
