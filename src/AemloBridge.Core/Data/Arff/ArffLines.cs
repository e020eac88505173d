using System.Buffers;
using System.Security.Cryptography;

namespace AemloBridge.Data.Arff;

/// <summary>Reads a file in blocks of whole lines and hashes it on the way; a line longer than a block makes the block grow.</summary>
internal sealed class ArffLines : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _filled;
    private int _taken;
    private bool _ended;

    /// <summary>Reads from where the stream stands.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">The name to show.</param>
    public ArffLines(Stream stream, string file)
    {
        _stream = stream;
        _file = file;
    }

    /// <summary>The next block: whole lines with their ends; only the last one of the file may lack its end.</summary>
    /// <returns>False after the last block.</returns>
    /// <exception cref="AemloInputException">A line longer than memory allows.</exception>
    public bool TryNext(out ReadOnlySpan<byte> block)
    {
        int rest = _filled - _taken;
        _buffer.AsSpan(_taken, rest).CopyTo(_buffer);
        _filled = rest;
        _taken = 0;
        int searched = 0;
        while (!_ended)
        {
            if (_filled == _buffer.Length)
                Grow();
            int read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
            _ended = read == 0;
            _hash.AppendData(_buffer, _filled, read);
            _filled += read;
            int newLine = _buffer.AsSpan(searched, _filled - searched).LastIndexOf((byte)'\n');
            if (newLine >= 0 && _filled == _buffer.Length)
            {
                _taken = searched + newLine + 1;
                block = _buffer.AsSpan(0, _taken);
                return true;
            }

            searched = newLine >= 0 ? searched : _filled;
        }

        _taken = _filled;
        block = _buffer.AsSpan(0, _filled);
        return _filled > 0;
    }

    /// <summary>SHA-256 of all bytes read, lower-case hexadecimal; the file's own once <see cref="TryNext"/> has returned false.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow()
    {
        if (_buffer.Length >= Array.MaxLength)
            throw new AemloInputException($"a line of more than {Array.MaxLength:N0} bytes; is this an ARFF file?", _file);
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
