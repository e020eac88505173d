using AemloBridge.Server.Storage.Embedded;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Tests.Storage;

public sealed class DiskFullTests
{
    [Fact]
    public void Is_OfTheDeviceThatIsAlwaysFull_IsTrue()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        Assert.True(DiskFull.Is(Assert.Throws<IOException>(() => full.Write("x"u8))));
    }

    [Fact]
    public void Is_OfADatabaseThatMayNotGrow_IsTrue()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("PRAGMA max_page_count = 2");

        Assert.True(DiskFull.Is(Assert.Throws<SqliteException>(() => connection.Execute("CREATE TABLE a (x); CREATE TABLE b (x); INSERT INTO a VALUES (zeroblob(100000))"))));
    }

    [Fact]
    public void Is_OfOtherErrors_IsFalse()
    {
        Assert.False(DiskFull.Is(Assert.Throws<FileNotFoundException>(() => File.OpenRead(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())))));
        Assert.False(DiskFull.Is(new ArgumentOutOfRangeException("value")));
        Assert.False(DiskFull.Is(new SqliteException("constraint", 19)));
    }
}
