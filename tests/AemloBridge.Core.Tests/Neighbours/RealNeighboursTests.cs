using AemloBridge.Data;
using AemloBridge.Neighbours;
using AemloBridge.Neighbours.Estimates;

namespace AemloBridge.Tests.Neighbours;

public class RealNeighboursTests
{
    private const int Step = 97;

    [Theory]
    [InlineData("yeast", "Lists")]
    [InlineData("yeast", "Panels")]
    [InlineData("enron", "Lists")]
    [InlineData("enron", "Panels")]
    [InlineData("corel5k", "Lists")]
    [InlineData("corel5k", "Panels")]
    public void Find_RealRows_EqualsMeasuringEveryDistance(string name, string kind)
    {
        MultiLabelDataset data = ArffReader.Read(RealData.Path($"{name}.arff"), LabelSelection.Xml(RealData.Path($"{name}.xml")), cancellationToken: TestContext.Current.CancellationToken);
        int[] queries = [.. Enumerable.Range(0, data.RowCount).Where(row => row % Step == 0)];
        foreach (DistanceSpace space in new[] { DistanceSpace.Overlap(data.Schema, data.Features), DistanceSpace.Vdm(data.Schema, data.Features, data.Labels, 1) })
        {
            using var search = new NeighbourSearch(space, data.Features, null, Enum.Parse<EstimatorKind>(kind), null);
            Neighbour[][] found = search.Find(queries, null, 5, TestContext.Current.CancellationToken);
            for (int index = 0; index < queries.Length; index++)
            {
                IEnumerable<Neighbour> expected = Enumerable.Range(0, data.RowCount)
                    .Where(row => row != queries[index])
                    .Select(row => new Neighbour(row, space.SquaredDistance(data.Features, queries[index], data.Features, row)))
                    .OrderBy(neighbour => neighbour.SquaredDistance)
                    .ThenBy(neighbour => neighbour.Row)
                    .Take(5);
                Assert.Equal(expected, found[index]);
            }
        }
    }
}
