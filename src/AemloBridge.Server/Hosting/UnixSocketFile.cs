using System.Net.Sockets;

namespace AemloBridge.Server.Hosting;

/// <summary>The file of a Unix socket.</summary>
internal static class UnixSocketFile
{
    /// <summary>Makes way for a new socket: a file that a server left behind goes, anything else is an error.</summary>
    /// <exception cref="ListenException">A server listens there, or the file is no socket.</exception>
    public static void RemoveStale(string path)
    {
        if (Directory.Exists(path))
            throw new ListenException($"cannot listen on unix:{path}: that is a folder; name a file in it");
        if (!File.Exists(path))
            return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException exception)
        {
            string why = IsSocket(path) ? exception.Message : "there is a file that is no socket, which is left alone";
            throw new ListenException($"cannot listen on unix:{path}: {why}; take another path", exception);
        }

        throw new ListenException($"cannot listen on unix:{path}: a server listens there already; stop it, or take another path");
    }

    /// <summary>Binds a socket that only this user can connect to.</summary>
    public static Socket Bind(UnixDomainSocketEndPoint endPoint, string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            // Nobody can connect before it listens, so nobody slips in before this.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A socket has no length and cannot be opened as a file; a plain file of no bytes can.
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
