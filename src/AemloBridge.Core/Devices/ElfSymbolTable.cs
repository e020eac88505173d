using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AemloBridge.Devices;

/// <summary>The dynamic symbols of a 64-bit little-endian ELF library, read from its file without loading it.</summary>
internal sealed class ElfSymbolTable
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint SymbolVersions = 0x6fffffff;
    private const uint DynamicSymbols = 11;

    private readonly string _path;
    private readonly byte[] _symbols;
    private readonly byte[] _names;
    private readonly byte[] _versions;

    private ElfSymbolTable(string path, byte[] symbols, byte[] names, byte[] versions)
    {
        _path = path;
        _symbols = symbols;
        _names = names;
        _versions = versions;
    }

    /// <summary>Reads a library.</summary>
    /// <exception cref="InvalidDataException">The file is not such a library, or is damaged.</exception>
    public static ElfSymbolTable Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] header = ReadAt(file, path, 0, HeaderSize);
        if (!header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            throw Damaged(path, "it is not a 64-bit little-endian ELF file");

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(40));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(60));
        byte[] sections = ReadAt(file, path, table, (ulong)count * SectionHeaderSize);
        int symbols = FindSection(sections, DynamicSymbols);
        if (symbols < 0)
            throw Damaged(path, "it has no table of dynamic symbols");

        int names = (int)BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(symbols * SectionHeaderSize + 40));
        if (names < 0 || names >= count)
            throw Damaged(path, "its table of dynamic symbols has no names");
        int versions = FindSection(sections, SymbolVersions);
        return new ElfSymbolTable(
            path,
            ReadSection(file, path, sections, symbols),
            ReadSection(file, path, sections, names),
            versions < 0 ? [] : ReadSection(file, path, sections, versions));
    }

    /// <summary>
    /// Symbols that the library needs from libraries without symbol versions, as libtorch's are: what it needs from the
    /// C and C++ runtimes carries a version and is left out, and so are weak symbols, which may stay undefined.
    /// </summary>
    public HashSet<string> UndefinedWithoutVersion()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 1; i < _symbols.Length / SymbolSize; i++)
        {
            bool versioned = 2 * i + 1 < _versions.Length
                && (BinaryPrimitives.ReadUInt16LittleEndian(_versions.AsSpan(2 * i)) & 0x7fff) > 1;
            if (IsGlobal(i) && !IsDefined(i) && !versioned)
                names.Add(Encoding.Latin1.GetString(Name(i)));
        }

        return names;
    }

    /// <summary>Takes the symbols that this library defines out of a set of names.</summary>
    public void RemoveDefined(HashSet<string> names)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        char[] buffer = new char[1024];
        for (int i = 1; i < _symbols.Length / SymbolSize; i++)
        {
            if (!IsDefined(i))
                continue;
            ReadOnlySpan<byte> name = Name(i);
            if (name.Length > buffer.Length)
                buffer = new char[2 * name.Length];
            int length = Encoding.Latin1.GetChars(name, buffer);
            lookup.Remove(buffer.AsSpan(0, length));
        }
    }

    private bool IsGlobal(int symbol) => _symbols[symbol * SymbolSize + 4] >> 4 == 1;

    private bool IsDefined(int symbol) => BinaryPrimitives.ReadUInt16LittleEndian(_symbols.AsSpan(symbol * SymbolSize + 6)) != 0;

    private ReadOnlySpan<byte> Name(int symbol)
    {
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(_symbols.AsSpan(symbol * SymbolSize));
        if (start >= _names.Length)
            throw Damaged(_path, "the name of a symbol lies outside its table");
        ReadOnlySpan<byte> rest = _names.AsSpan((int)start);
        int length = rest.IndexOf((byte)0);
        return length >= 0 ? rest[..length] : throw Damaged(_path, "the name of a symbol has no end");
    }

    private static int FindSection(byte[] sections, uint type)
    {
        for (int i = 0; i < sections.Length / SectionHeaderSize; i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(i * SectionHeaderSize + 4)) == type)
                return i;
        }

        return -1;
    }

    private static byte[] ReadSection(SafeFileHandle file, string path, byte[] sections, int index)
    {
        ReadOnlySpan<byte> section = sections.AsSpan(index * SectionHeaderSize);
        return ReadAt(file, path, BinaryPrimitives.ReadUInt64LittleEndian(section[24..]), BinaryPrimitives.ReadUInt64LittleEndian(section[32..]));
    }

    private static byte[] ReadAt(SafeFileHandle file, string path, ulong offset, ulong length)
    {
        ulong size = (ulong)RandomAccess.GetLength(file);
        if (offset > size || length > size - offset || length > (ulong)Array.MaxLength)
            throw Damaged(path, "it ends too early");
        byte[] bytes = new byte[length];
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(done), (long)offset + done);
            done += read > 0 ? read : throw Damaged(path, "it ends too early");
        }

        return bytes;
    }

    private static InvalidDataException Damaged(string path, string reason) => new($"{path} cannot be read as a library: {reason}");
}
