using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Finds a nominal value's position in its declared list from the bytes in the file, without making strings.</summary>
internal sealed class NominalCodes
{
    private readonly IReadOnlyList<string> _values;
    private readonly byte[]? _single;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    /// <summary>Prepares the values for files in <paramref name="encoding"/>.</summary>
    public NominalCodes(IReadOnlyList<string> values, Encoding encoding)
    {
        _values = values;
        var byBytes = new Dictionary<byte[], int>(values.Count, BytesComparer.Instance);
        for (int code = 0; code < values.Count; code++)
        {
            // Without quotes these two are no values: the one means missing, the other that a value was forgotten.
            if (values[code] is "?" or "")
                continue;

            // A value written with escapes may have no form in the file's own encoding; it is then looked up as text.
            byte[] bytes = encoding.GetBytes(values[code]);
            if (encoding.GetString(bytes) != values[code])
                continue;
            byBytes[bytes] = code;
            if (bytes.Length == 1 && code < byte.MaxValue)
                (_single ??= new byte[256])[bytes[0]] = (byte)(code + 1);
        }

        _byBytes = byBytes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The position of a value that stands in the file without quotes, -1 when it is not declared.</summary>
    public int Find(ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && _single is not null && _single[value[0]] != 0)
            return _single[value[0]] - 1;
        return _byBytes.TryGetValue(value, out int code) ? code : -1;
    }

    /// <summary>The position of a value given as text, -1 when it is not declared.</summary>
    public int Find(string value)
    {
        for (int code = 0; code < _values.Count; code++)
        {
            if (string.Equals(_values[code], value, StringComparison.Ordinal))
                return code;
        }

        return -1;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
