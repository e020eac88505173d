using System.Globalization;

namespace AemloBridge.Data.Arff;

/// <summary>Collects bytes and numbers and hands them to a stream in large pieces.</summary>
internal sealed class ArffByteWriter
{
    private const int BufferSize = 1 << 16;
    private const int LongestNumber = 32;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _filled;

    /// <summary>Writes to a stream, which stays open.</summary>
    public ArffByteWriter(Stream stream) => _stream = stream;

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _filled)
            Flush();
        if (bytes.Length > _buffer.Length)
        {
            _stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    /// <summary>Writes a number in the shortest form that reads back as the same number; -0 becomes 0.</summary>
    public void Write(double number)
    {
        if (LongestNumber > _buffer.Length - _filled)
            Flush();
        (number + 0.0).TryFormat(_buffer.AsSpan(_filled), out int written, "R", CultureInfo.InvariantCulture);
        _filled += written;
    }

    /// <summary>Writes a whole number.</summary>
    public void Write(int number)
    {
        if (LongestNumber > _buffer.Length - _filled)
            Flush();
        number.TryFormat(_buffer.AsSpan(_filled), out int written, default, CultureInfo.InvariantCulture);
        _filled += written;
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
