namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>All calls of all services; each is tested in each column.</summary>
internal static class RpcTable
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcRow> Rows { get; } = [.. DatasetRows.All, .. ModelRows.All, .. StartingJobRows.All, .. JobRows.All, ServerRow.GetServerInfo];

    /// <summary>The row of that name.</summary>
    public static RpcRow Get(string name) => Rows.Single(row => row.Name == name);

    /// <summary>The names of the rows that <paramref name="wanted"/> accepts, for theories.</summary>
    public static TheoryData<string> Names(Func<RpcRow, bool>? wanted = null) => [.. Rows.Where(wanted ?? (_ => true)).Select(row => row.Name)];
}
