using AemloBridge.Data;
using AemloBridge.Neighbours;

namespace AemloBridge.Tests.Neighbours;

public class NeighbourSearchTests
{
    private const int Seeds = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_RandomRows_EqualsSortingEveryDistance()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomRows.Make(seed, sparse: seed % 4 == 0);
            bool scaled = seed % 3 != 0;
            int? label = seed % 2 == 0 ? seed / 2 % 2 : null;
            var literal = new LiteralNeighbours(data, scaled, label);
            using var search = new NeighbourSearch(DistanceSpaceTests.Space(data, scaled, label), data.Features, new NeighbourSearchOptions { Threads = 1 + seed % 2 });
            int[] all = [.. Enumerable.Range(0, data.RowCount)];
            int k = seed % 9;
            int[]? candidates = seed % 5 == 0 ? [.. all.Where(row => row % 3 == 1)] : null;

            Neighbour[][] found = search.Find(all, candidates, k, Token);

            for (int row = 0; row < all.Length; row++)
                AssertEqual(literal.Nearest(data.Features, row, candidates ?? all, k), found[row]);
        }
    }

    [Fact]
    public void Find_ManyQueriesOfDifferentKinds_EqualsOneSearchEach()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            MultiLabelDataset data = RandomRows.Make(seed, sparse: seed % 2 == 0);
            var literal = new LiteralNeighbours(data);
            using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
            int[] all = [.. Enumerable.Range(0, data.RowCount)];
            int[]?[] lists = [null, [.. all.Where(row => data.Labels[row, 0])], [.. all.Where(row => !data.Labels[row, 0])], []];
            NeighbourQuery[] queries = [.. Enumerable.Range(0, 3 * all.Length).Select(index => new NeighbourQuery(index * 7 % all.Length, lists[index % 4], index % 6))];

            Neighbour[][] found = search.Find(queries, Token);

            for (int index = 0; index < queries.Length; index++)
                AssertEqual(literal.Nearest(data.Features, queries[index].Row, queries[index].Candidates ?? all, queries[index].Count), found[index]);
        }
    }

    [Fact]
    public void Find_EqualRows_AreNeighboursInOrderOfTheirIndices()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("x")], 1, [.. Enumerable.Range(0, 40).Select(_ => new double[] { 1, 0 })]);
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
        Neighbour[][] found = search.Find([0, 2, 39], null, 3, Token);
        Assert.Equal([1, 2, 3], found[0].Select(neighbour => neighbour.Row));
        Assert.Equal([0, 1, 3], found[1].Select(neighbour => neighbour.Row));
        Assert.Equal([0, 1, 2], found[2].Select(neighbour => neighbour.Row));
        Assert.All(found.SelectMany(list => list), neighbour => Assert.Equal(0, neighbour.Distance));
    }

    [Fact]
    public void Find_RowsThatDoNotExistOrAscend_SaysWhichQueryIsWrong()
    {
        MultiLabelDataset data = TestData.Numeric(rows: 10);
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
        Assert.Contains("query 1 is about row 10, but there are 10 rows", Assert.Throws<ArgumentException>(() => search.Find([0, 10], null, 1, Token)).Message);
        Assert.Contains("row 3 after row 3", Assert.Throws<ArgumentException>(() => search.Find([0], [1, 3, 3], 1, Token)).Message);
        Assert.Contains("have row 12, but there are 10 rows", Assert.Throws<ArgumentException>(() => search.Find([0], [1, 12], 1, Token)).Message);
        Assert.Contains("asks for -1 neighbours", Assert.Throws<ArgumentException>(() => search.Find([0], null, -1, Token)).Message);
    }

    [Fact]
    public void Find_Cancelled_Throws()
    {
        MultiLabelDataset data = TestData.Numeric();
        using var search = new NeighbourSearch(DistanceSpace.Overlap(data.Schema, data.Features), data.Features);
        Assert.ThrowsAny<OperationCanceledException>(() => search.Find([1, 2], null, 3, new CancellationToken(canceled: true)));
    }

    internal static void AssertEqual((int Row, double SquaredDistance)[] expected, Neighbour[] found) =>
        Assert.Equal(expected, found.Select(neighbour => (neighbour.Row, neighbour.SquaredDistance)));
}
