using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>Computes the digest that dataset.proto defines while rows come in; the hash is fed in big pieces.</summary>
internal sealed class DigestWriter : IDisposable
{
    // Also the byte order of every platform this is built for: the spans of numbers below are written as they lie.
    private const ulong Missing = 0x7FF8_0000_0000_0000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    public DigestWriter(DatasetSchema schema, bool sparse, bool weights, ulong rows)
    {
        Write("AEMLODS1"u8);
        WriteText(schema.RelationName);
        WriteNumber((uint)schema.Attributes.Count);
        foreach (DataAttribute attribute in schema.Attributes)
            WriteAttribute(attribute);
        WriteNumber((uint)schema.LabelCount);
        foreach (LabelDefinition label in schema.Labels)
        {
            WriteNumber((uint)label.AttributeIndex);
            WriteNumber((uint)label.PositiveValue);
            WriteNumber(label.Parent < 0 ? uint.MaxValue : (uint)label.Parent);
        }

        Write([sparse ? (byte)1 : (byte)0, weights ? (byte)1 : (byte)0]);
        Write(BitConverter.GetBytes(rows));
    }

    /// <summary>The columns of a sparse row, before its values.</summary>
    public void Columns(ReadOnlySpan<int> columns)
    {
        WriteNumber((uint)columns.Length);
        Write(MemoryMarshal.AsBytes(columns));
    }

    /// <summary>The values of a row; every NaN is written with the same bits.</summary>
    public void Values(ReadOnlySpan<double> values)
    {
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, (_buffer.Length - _used) / sizeof(double));
            if (count == 0)
            {
                Flush();
                continue;
            }

            Span<byte> target = _buffer.AsSpan(_used, count * sizeof(double));
            MemoryMarshal.AsBytes(values[..count]).CopyTo(target);
            if (Cells.FirstNonFinite(values[..count]) >= 0)
                Canonicalize(MemoryMarshal.Cast<byte, ulong>(target), values);
            _used += target.Length;
            values = values[count..];
        }
    }

    /// <summary>The label bytes of a row.</summary>
    public void Labels(ReadOnlySpan<byte> labels) => Write(labels);

    /// <summary>The weight of a row.</summary>
    public void Weight(double weight) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in weight)));

    /// <summary>The digest of everything written; nothing may be written afterwards.</summary>
    public string Complete()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private static void Canonicalize(Span<ulong> bits, ReadOnlySpan<double> values)
    {
        for (int at = 0; at < bits.Length; at++)
        {
            if (double.IsNaN(values[at]))
                bits[at] = Missing;
        }
    }

    private void WriteAttribute(DataAttribute attribute)
    {
        WriteText(attribute.Name);
        if (!attribute.IsNominal)
        {
            Write([0]);
            WriteText(attribute.DeclaredType.Length == 0 ? "numeric" : attribute.DeclaredType);
            return;
        }

        Write([1]);
        WriteNumber((uint)attribute.Values.Count);
        foreach (string value in attribute.Values)
            WriteText(value);
    }

    private void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber((uint)bytes.Length);
        Write(bytes);
    }

    private void WriteNumber(uint number) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in number)));

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                _hash.AppendData(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
