using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Statements in one line.</summary>
internal static class Sql
{
    /// <summary>Runs a statement and gives the number of changed rows.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first row; null when there is none.</summary>
    public static T? First<T>(this SqliteConnection connection, Func<SqliteDataReader, T> map, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    /// <summary>Every row.</summary>
    public static List<T> All<T>(this SqliteConnection connection, Func<SqliteDataReader, T> map, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>A whole number; null when there is no row, or NULL in it.</summary>
    public static long? Number(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>A stored moment.</summary>
    public static DateTimeOffset Time(this SqliteDataReader reader, string column) => new(reader.GetInt64(reader.GetOrdinal(column)), TimeSpan.Zero);

    /// <summary>A stored moment, or null.</summary>
    public static DateTimeOffset? OptionalTime(this SqliteDataReader reader, string column) =>
        reader.IsNull(column) ? null : reader.Time(column);

    public static bool IsNull(this SqliteDataReader reader, string column) => reader.IsDBNull(reader.GetOrdinal(column));

    public static string Text(this SqliteDataReader reader, string column) => reader.GetString(reader.GetOrdinal(column));

    public static long Long(this SqliteDataReader reader, string column) => reader.GetInt64(reader.GetOrdinal(column));

    public static int Int(this SqliteDataReader reader, string column) => reader.GetInt32(reader.GetOrdinal(column));

    public static bool Flag(this SqliteDataReader reader, string column) => reader.Long(column) != 0;

    private static SqliteCommand Command(this SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
