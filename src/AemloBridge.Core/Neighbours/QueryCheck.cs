namespace AemloBridge.Neighbours;

/// <summary>What a search asks of its queries.</summary>
internal static class QueryCheck
{
    /// <summary>Throws where a query names a row that does not exist, or candidates that do not ascend.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="ArgumentException">The query that is wrong, by its position.</exception>
    public static void Require(IReadOnlyList<NeighbourQuery> queries, int rowCount)
    {
        var known = new HashSet<int[]>(ReferenceEqualityComparer.Instance);
        for (int index = 0; index < queries.Count; index++)
        {
            (int row, int[]? candidates, int count) = queries[index];
            if ((uint)row >= (uint)rowCount)
                throw new ArgumentException($"query {index} is about row {row}, but there are {rowCount} rows", nameof(queries));
            if (count < 0)
                throw new ArgumentException($"query {index} asks for {count} neighbours; ask for 0 or more", nameof(queries));
            if (candidates is not null && known.Add(candidates))
                RequireAscending(candidates, index, rowCount);
        }
    }

    private static void RequireAscending(int[] candidates, int index, int rowCount)
    {
        int previous = -1;
        foreach (int row in candidates)
        {
            if (row <= previous)
                throw new ArgumentException($"the candidates of query {index} have row {row} after row {previous}; give them in ascending order, each once");
            previous = row;
        }

        if (previous >= rowCount)
            throw new ArgumentException($"the candidates of query {index} have row {previous}, but there are {rowCount} rows");
    }
}
