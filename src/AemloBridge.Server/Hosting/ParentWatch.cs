namespace AemloBridge.Server.Hosting;

/// <summary>Notices when the process that started this one is gone: its end of standard input closes, however it died.</summary>
internal static class ParentWatch
{
    /// <summary>Cancels <paramref name="gone"/> at the end of <paramref name="input"/>.</summary>
    public static void Start(Stream input, CancellationTokenSource gone)
    {
        // A read of a pipe cannot be cancelled, so it has a thread that the end of the process need not wait for.
        var thread = new Thread(() =>
        {
            Drain(input);
            try
            {
                gone.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The server has ended by itself.
            }
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    private static void Drain(Stream input)
    {
        var buffer = new byte[256];
        try
        {
            while (input.Read(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken input has ended too.
        }
    }
}
