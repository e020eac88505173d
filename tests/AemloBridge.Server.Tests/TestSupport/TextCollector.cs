namespace AemloBridge.Server.Tests.TestSupport;

/// <summary>Collects the lines of a stream as they come, so that nobody who writes there ever waits.</summary>
internal sealed class TextCollector
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public TextCollector(TextReader reader) => _ = Task.Run(() => CollectAsync(reader));

    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>The first line that <paramref name="wanted"/> accepts, now or later; null when the stream ends without one.</summary>
    public async Task<string?> LineAsync(Func<string, bool> wanted)
    {
        for (int next = 0; ;)
        {
            Task more;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (wanted(_lines[next]))
                        return _lines[next];
                }

                if (_ended)
                    return null;
                more = _more.Task;
            }

            await more;
        }
    }

    private async Task CollectAsync(TextReader reader)
    {
        string? line;
        do
        {
            try
            {
                line = await reader.ReadLineAsync();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                line = null;
            }

            lock (_gate)
            {
                if (line is not null)
                    _lines.Add(line);
                _ended = line is null;
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        while (line is not null);
    }
}
