using System.Globalization;
using AemloBridge.Data;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Storage.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace AemloBridge.Server.Tests.Storage;

public sealed class OpeningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aemlo-open-").FullName;

    private string DatabasePath => Path.Combine(_folder, "aemlo.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_OfAMissingFolder_MakesItForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string folder = Path.Combine(_folder, "new", "data");
        using EmbeddedStorage storage = Open(folder);
        Store(storage);
        storage.Jobs.TryCreate(Job(), out _);

        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (string path in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
            Assert.Equal(All, File.GetUnixFileMode(path));
        string[] files = Directory.GetFiles(folder, "aemlo.db*");
        Assert.Equal(3, files.Length);
        foreach (string path in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Open_OfAFolderThatIsThere_LeavesItsPermissionsAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(_folder, Mode);

        Open(_folder).Dispose();

        Assert.Equal(Mode, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void Open_OfAFolderInUse_NamesFolderAndProcess()
    {
        using (Open(_folder))
        {
            AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(_folder));
            Assert.Equal(
                string.Create(CultureInfo.InvariantCulture, $"{_folder}: another server (process {Environment.ProcessId}) uses this data folder; stop it, or choose another folder"),
                refused.Message);
        }

        Open(_folder).Dispose();
    }

    [Fact]
    public void Open_OfAPathThatIsAFile_SaysSo()
    {
        string path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "x");

        AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(path));

        Assert.StartsWith($"{path}: the data folder cannot be used: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Open_OfADamagedDatabase_SaysWhatToDo(int firstDamagedPage)
    {
        // With many rows, so that there are pages behind the first.
        using (EmbeddedStorage storage = Open(_folder))
        {
            for (int number = 0; number < 50; number++)
                storage.Jobs.TryCreate(Job() with { Id = $"j{number}", ModelName = new string('x', 1000) }, out _);
        }

        byte[] database = File.ReadAllBytes(DatabasePath);
        new Random(1).NextBytes(database.AsSpan(firstDamagedPage * 4096));
        File.WriteAllBytes(DatabasePath, database);

        AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(_folder));

        Assert.Equal($"{DatabasePath}: the database is damaged; put a backup of the data folder in its place, or move the folder away to begin with an empty one", refused.Message);
        Assert.Equal(database, File.ReadAllBytes(DatabasePath));
        Assert.Equal(50, Directory.GetDirectories(_folder, "j*", SearchOption.AllDirectories).Count(path => Path.GetFileName(path) != "jobs"));
    }

    [Fact]
    public void Open_OfANewerDatabase_NamesBothVersions()
    {
        Open(_folder).Dispose();
        Execute($"PRAGMA user_version = {Schema.Newest + 3}");

        AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(_folder));

        Assert.Equal(
            $"{DatabasePath}: this database was written by a newer version of AEMLO Bridge (its schema is {Schema.Newest + 3}, this version knows {Schema.Newest}); use that version, or another data folder",
            refused.Message);
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_LeavesItAlone()
    {
        Execute("CREATE TABLE notes (text TEXT)");

        AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(_folder));

        Assert.Equal($"{DatabasePath}: this is not a database of AEMLO Bridge; choose another data folder", refused.Message);
        Execute("INSERT INTO notes VALUES ('still here')");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_WithFilesButNoDatabase_RefusesRatherThanDeleteThem(bool leaveAnEmptyOne)
    {
        string path;
        using (EmbeddedStorage storage = Open(_folder))
            path = storage.Datasets.FilePath(Store(storage));
        File.Delete(DatabasePath);
        if (leaveAnEmptyOne)
            File.WriteAllBytes(DatabasePath, []);

        for (int attempt = 0; attempt < 2; attempt++)
        {
            AemloInputException refused = Assert.Throws<AemloInputException>(() => Open(_folder));
            Assert.StartsWith($"{DatabasePath}: the folder holds data sets, models or jobs, but their database is missing; ", refused.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(path));
        }
    }

    [Fact]
    public void Open_AfterAnInterruption_DeletesWhatWasLeftAndNothingElse()
    {
        DatasetRecord stored;
        string jobs;
        using (EmbeddedStorage storage = Open(_folder))
        {
            stored = Store(storage);
            storage.Jobs.TryCreate(Job(), out _);
            jobs = Path.GetDirectoryName(storage.Jobs.Folder(Job()))!;
        }

        string datasets = Path.GetDirectoryName(PathOf(stored))!;
        string[] leftovers =
        [
            Path.Combine(datasets, new string('0', 64) + ".pb"),
            Path.Combine(datasets, $".{Guid.NewGuid():N}.tmp"),
            Path.Combine(jobs, "orphan", "recipe.pb"),
            Path.Combine(jobs, $".{Guid.NewGuid():N}.tmp", "inner", "recipe.pb"),
        ];
        string[] foreign = [Path.Combine(datasets, "notes.txt"), Path.Combine(_folder, "notes.txt"), Path.Combine(_folder, "tenants", "mine", "datasets", "x.pb")];
        foreach (string path in leftovers.Concat(foreign))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }

        using (EmbeddedStorage storage = Open(_folder))
        {
            Assert.Equal(stored.Digest, Assert.Single(storage.Datasets.List("a", "", 10)).Digest);
            Assert.Single(storage.Jobs.Unfinished());
        }

        Assert.All(foreign, path => Assert.True(File.Exists(path)));
        Assert.True(File.Exists(PathOf(stored)));
        Assert.Equal([Path.GetFileName(PathOf(stored)), "notes.txt"], Directory.EnumerateFileSystemEntries(datasets).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["j1"], Directory.EnumerateFileSystemEntries(jobs).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_WithoutTheFileOfARecord_ForgetsIt(bool truncated)
    {
        DatasetRecord stored;
        using (EmbeddedStorage storage = Open(_folder))
        {
            stored = Store(storage);
            storage.Jobs.TryCreate(Job() with { DatasetDigest = stored.Digest }, out _);
            Directory.Delete(storage.Jobs.Folder(Job()));
        }

        if (truncated)
            File.WriteAllBytes(PathOf(stored), new byte[3]);
        else
            File.Delete(PathOf(stored));

        using EmbeddedStorage again = Open(_folder);
        Assert.Null(again.Datasets.Find("a", stored.Digest));
        Assert.False(File.Exists(PathOf(stored)));
        Assert.Equal(0, again.Ledger.Stored("a"));
        // A job that was accepted is never forgotten.
        Assert.Equal("j1", Assert.Single(again.Jobs.Unfinished()).Id);
        Assert.True(Directory.Exists(again.Jobs.Folder(Job())));
        Assert.Equal(stored.Digest, Store(again).Digest);
    }

    [Fact]
    public void Dispose_Twice_ChangesNothing()
    {
        EmbeddedStorage storage = Open(_folder);
        storage.Dispose();
        storage.Dispose();

        Assert.Throws<ObjectDisposedException>(() => storage.Datasets.Find("a", "x"));
    }

    private static EmbeddedStorage Open(string folder) => EmbeddedStorage.Open(folder, new Limits(), TimeProvider.System, NullLogger.Instance);

    private static JobRecord Job() => new()
    {
        Tenant = "a",
        Id = "j1",
        Kind = Protocol.V1.JobKind.Oversample,
        Options = new Dictionary<string, string>(),
        Created = DateTimeOffset.UnixEpoch,
    };

    private static DatasetRecord Store(EmbeddedStorage storage)
    {
        byte[] content = StoreFixture.Content(1, 100);
        using IDatasetUpload upload = storage.Datasets.Begin("a");
        upload.Content.Write(content);
        return upload.Commit(StoreFixture.Describe(StoreFixture.Digest(content)), out _);
    }

    private string PathOf(DatasetRecord dataset) => StorageFolder.Prepare(_folder).Of(dataset.Tenant, ItemKind.Dataset, dataset.Digest);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
