namespace AemloBridge.Neighbours;

/// <summary>Queries that are answered from the same estimates.</summary>
/// <param name="Universe">The rows that distances are estimated to; null for all rows.</param>
/// <param name="Rows">The query rows, ascending, each once.</param>
/// <param name="Queries">For each of them the positions of its queries.</param>
internal sealed record QueryGroup(int[]? Universe, int[] Rows, int[][] Queries)
{
    /// <summary>What making a candidate ready costs, in estimates.</summary>
    private const long Preparation = 32;

    /// <summary>
    /// Puts together what is cheaper together: queries with the same candidates, or all of them, their rows' distances to
    /// all rows being estimated once.
    /// </summary>
    public static List<QueryGroup> Of(IReadOnlyList<NeighbourQuery> queries, int rowCount)
    {
        int[] everything = [-1];
        var lists = new Dictionary<int[], List<int>>(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < queries.Count; index++)
        {
            int[] key = queries[index].Candidates ?? everything;
            if (!lists.TryGetValue(key, out List<int>? members))
                lists.Add(key, members = []);
            members.Add(index);
        }

        long apart = lists.Sum(list => (Preparation + list.Value.Count) * (ReferenceEquals(list.Key, everything) ? rowCount : list.Key.LongLength));
        int rows = queries.Select(query => query.Row).Distinct().Count();
        if ((Preparation + rows) * rowCount < apart)
            return [Make(null, queries, Enumerable.Range(0, queries.Count))];
        return [.. lists.Select(list => Make(ReferenceEquals(list.Key, everything) ? null : list.Key, queries, list.Value))];
    }

    private static QueryGroup Make(int[]? universe, IReadOnlyList<NeighbourQuery> queries, IEnumerable<int> members)
    {
        IGrouping<int, int>[] byRow = [.. members.GroupBy(index => queries[index].Row).OrderBy(group => group.Key)];
        return new QueryGroup(universe, [.. byRow.Select(group => group.Key)], [.. byRow.Select(group => group.ToArray())]);
    }
}
