using System.Globalization;
using AemloBridge.Data;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Holds a data folder for one process; the system lets go of it however the process ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="AemloInputException">Another server has it.</exception>
    public static FolderLock Take(string folder)
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new AemloInputException($"another server ({Owner(folder)}) uses this data folder; stop it, or choose another folder", folder);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new AemloInputException($"the data folder cannot be used: {error.Message} Choose a folder that this user can write to", folder);
        }

        try
        {
            // In a file of its own: nobody else can read the locked one. Only a help for people, so it need not be on the disk.
            File.WriteAllText(OwnerPath(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // A full disk; the lock holds all the same.
        }

        return new FolderLock(held);
    }

    public void Dispose() => _held.Dispose();

    private static string OwnerPath(string folder) => Path.Combine(folder, "server.pid");

    private static string Owner(string folder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(OwnerPath(folder)), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                ? $"process {process}"
                : "its process is not known";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "its process is not known";
        }
    }
}
