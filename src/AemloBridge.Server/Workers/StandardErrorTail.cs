using System.Text;

namespace AemloBridge.Server.Workers;

/// <summary>Reads a worker's standard error line by line, in bounded memory: every line goes on, the last ones are kept.</summary>
internal sealed class StandardErrorTail(Action<string> line)
{
    private const int LongestLine = 1000;
    private const int KeptCharacters = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _kept = new();
    private int _length;

    /// <summary>The last lines.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _kept);
        }
    }

    /// <summary>Reads to the end.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        var current = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            for (int read = await reader.ReadAsync(buffer).ConfigureAwait(false); read > 0; read = await reader.ReadAsync(buffer).ConfigureAwait(false))
            {
                foreach (char character in buffer.AsSpan(0, read))
                {
                    if (character == '\n')
                        Finish(current);
                    else if (current.Length < LongestLine)
                        current.Append(character);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The process is gone; what came before is all there is.
        }

        Finish(current);
    }

    private void Finish(StringBuilder current)
    {
        string text = current.ToString().TrimEnd();
        current.Clear();
        if (text.Length == 0)
            return;
        lock (_gate)
        {
            _kept.Enqueue(text);
            _length += text.Length;
            while (_length > KeptCharacters && _kept.Count > 1)
                _length -= _kept.Dequeue().Length;
        }

        line(text);
    }
}
