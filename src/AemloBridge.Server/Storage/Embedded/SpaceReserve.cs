namespace AemloBridge.Server.Storage.Embedded;

/// <summary>
/// A file that only takes space. On a full disk it is given up, so that jobs can still be ended and things deleted: the
/// records of that need a little space, and there would be no way out otherwise.
/// </summary>
internal sealed class SpaceReserve(string path)
{
    // Many times what the log needs for the largest change.
    private const int Size = 1 << 20;

    /// <summary>Gives the space up; false when it is in use already.</summary>
    public bool Release()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    /// <summary>Takes the space if there is some; call it whenever the disk may have become emptier.</summary>
    public void Restore()
    {
        if (File.Exists(path) && new FileInfo(path).Length == Size)
            return;
        try
        {
            // Written, not just made that long: a file with holes takes no space.
            File.WriteAllBytes(path, new byte[Size]);
        }
        catch (Exception error) when (DiskFull.WhileWriting(error))
        {
            File.Delete(path);
        }
    }
}
