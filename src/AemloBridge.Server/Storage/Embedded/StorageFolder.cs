using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AemloBridge.Data;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>
/// Where everything lies: <c>aemlo.db</c>, and <c>tenants/HASH/datasets/DIGEST.pb</c>, <c>models/ID.safetensors</c> and
/// <c>jobs/ID/</c>. A tenant's folder is called by a hash of its name, so that no name can lead elsewhere.
/// </summary>
internal sealed partial class StorageFolder
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int TenantHashDigits = 32;

    private StorageFolder(string path) => Path = path;

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "aemlo.db");

    public string Tenants => System.IO.Path.Combine(Path, "tenants");

    /// <summary>Makes the folder, for its owner alone, where it is missing.</summary>
    /// <exception cref="AemloInputException">It cannot be made or written to.</exception>
    public static StorageFolder Prepare(string path)
    {
        var folder = new StorageFolder(System.IO.Path.GetFullPath(path));
        try
        {
            // One that exists may be anything, a home folder too: it stays as it is, and what is made in it is closed.
            Make(folder.Path);
            Make(folder.Tenants);
            // What an interrupted run made may have its name in memory only.
            foreach (string made in Directory.EnumerateDirectories(folder.Tenants).Append(folder.Tenants).Append(folder.Path))
                FolderFlush.Flush(made);
            FolderFlush.Flush(System.IO.Path.GetDirectoryName(folder.Path) ?? folder.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the data folder cannot be used: {error.Message} Choose a folder that this user can write to", folder.Path);
        }

        return folder;
    }

    /// <summary>Where a tenant's things of one kind lie.</summary>
    public string Of(string tenant, ItemKind kind) =>
        System.IO.Path.Combine(Tenants, TenantHash(tenant), kind.Table());

    /// <summary>The file, or a job's folder.</summary>
    public string Of(string tenant, ItemKind kind, string id) => System.IO.Path.Combine(Of(tenant, kind), FileName(kind, id));

    /// <summary>Makes the place for a tenant's things of one kind, so that it outlives a power cut.</summary>
    public string MakeFor(string tenant, ItemKind kind)
    {
        string path = Of(tenant, kind);
        if (Directory.Exists(path))
            return path;
        // One at a time: folders on the way to one would be made open to everybody.
        string own = System.IO.Path.GetDirectoryName(path)!;
        Make(own);
        Make(path);
        FolderFlush.Flush(own);
        FolderFlush.Flush(Tenants);
        return path;
    }

    /// <summary>Makes a folder for its owner alone.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>A name that nothing has, for what is not there yet or not there any more.</summary>
    public static string Temporary(string folder) => System.IO.Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");

    /// <summary>Every temporary name there is.</summary>
    public IEnumerable<string> Temporaries() =>
        Places().SelectMany(place => Directory.EnumerateFileSystemEntries(place.Path)).Where(path => TemporaryName().IsMatch(System.IO.Path.GetFileName(path)));

    /// <summary>Everything that is called as the store calls things; what else somebody put there is not the store's.</summary>
    public IEnumerable<(ItemKind Kind, string Path)> Items() =>
        from place in Places()
        from path in place.Kind == ItemKind.Job ? Directory.EnumerateDirectories(place.Path) : Directory.EnumerateFiles(place.Path)
        where IsItem(place.Kind, System.IO.Path.GetFileName(path))
        select (place.Kind, path);

    /// <summary>Refuses what cannot be a part of a file name.</summary>
    /// <exception cref="ArgumentException">Something else than 1 to 128 letters, digits, '-' and '_'.</exception>
    public static void CheckId(ItemKind kind, string id)
    {
        if (!Id().IsMatch(id))
            throw new ArgumentException($"the id of a {kind.Noun()} is 1 to 128 of a-z, A-Z, 0-9, '-' and '_'", nameof(id));
    }

    private static string FileName(ItemKind kind, string id) => id + Extension(kind);

    private static string Extension(ItemKind kind) => kind switch
    {
        ItemKind.Dataset => ".pb",
        ItemKind.Model => ".safetensors",
        _ => "",
    };

    private static bool IsItem(ItemKind kind, string name)
    {
        string extension = Extension(kind);
        return name.EndsWith(extension, StringComparison.Ordinal) && Id().IsMatch(name[..^extension.Length]);
    }

    private static string TenantHash(string tenant) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..TenantHashDigits];

    private IEnumerable<(ItemKind Kind, string Path)> Places() =>
        from tenant in Directory.EnumerateDirectories(Tenants)
        where TenantName().IsMatch(System.IO.Path.GetFileName(tenant))
        from kind in ItemKinds.All
        let path = System.IO.Path.Combine(tenant, kind.Table())
        where Directory.Exists(path)
        select (kind, path);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\.[0-9a-f]{32}\.tmp\z")]
    private static partial Regex TemporaryName();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex TenantName();
}
