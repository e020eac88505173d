using System.Buffers;
using System.Security.Cryptography;

namespace AemloBridge.Data.Arff;

/// <summary>
/// Reads a file in blocks of whole lines and hashes it; while one block is worked on, another thread reads and hashes the
/// next. A line longer than a block makes the block grow.
/// </summary>
internal sealed class ArffLines : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _current = ArrayPool<byte>.Shared.Rent(BlockSize);
    private byte[] _next = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _rest;
    private Task<int> _reading;

    /// <summary>Reads from where the stream stands.</summary>
    /// <param name="stream">The file; nobody else may use it until this is disposed.</param>
    /// <param name="file">The name to show.</param>
    public ArffLines(Stream stream, string file)
    {
        _stream = stream;
        _file = file;
        _reading = Task.Run(() => Fill(_next, 0));
    }

    /// <summary>Bytes handed out so far.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>The next block: whole lines with their ends; only the last one of the file may lack its end.</summary>
    /// <returns>False after the last block.</returns>
    /// <exception cref="AemloInputException">A line longer than memory allows.</exception>
    public bool TryNext(out ReadOnlySpan<byte> block)
    {
        int read = _reading.GetAwaiter().GetResult();
        (_current, _next) = (_next, _current);
        int filled = _rest + read;
        int length = _current.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
        while (length == 0 && read > 0)
        {
            Grow(filled);
            read = Fill(_current, filled);
            filled += read;
            length = _current.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
        }

        // Nothing more was read: what is left is a last line without an end.
        if (read == 0)
            length = filled;
        _rest = filled - length;
        if (_next.Length < _rest + BlockSize)
            Replace(ref _next, _rest + BlockSize);
        _current.AsSpan(length, _rest).CopyTo(_next);
        (byte[] next, int rest) = (_next, _rest);
        _reading = Task.Run(() => Fill(next, rest));
        block = _current.AsSpan(0, length);
        BytesTaken += length;
        return length > 0;
    }

    /// <summary>SHA-256 of all bytes read, lower-case hexadecimal; the file's own once <see cref="TryNext"/> has returned false.</summary>
    public string Sha256()
    {
        _reading.GetAwaiter().GetResult();
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The reading thread must be done with its buffer before the pool gets it back; its failure no longer matters.
        ((Task)_reading).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_current);
        ArrayPool<byte>.Shared.Return(_next);
    }

    private int Fill(byte[] buffer, int offset)
    {
        int read = _stream.ReadAtLeast(buffer.AsSpan(offset), buffer.Length - offset, throwOnEndOfStream: false);
        _hash.AppendData(buffer, offset, read);
        return read;
    }

    private void Grow(int filled)
    {
        if (filled > Array.MaxLength / 2)
            throw new AemloInputException($"a line of more than {filled:N0} bytes; is this an ARFF file?", _file);
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * filled);
        _current.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_current);
        _current = larger;
    }

    private static void Replace(ref byte[] buffer, int size)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(size);
    }
}
