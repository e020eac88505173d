using System.Buffers.Binary;
using System.Text;

namespace AemloBridge.Tests.Build;

/// <summary>A shared library of about a kilobyte with nothing but the tables that the dynamic loader reads about versions.</summary>
internal sealed class TinyElf
{
    // Hashes as the linker wrote them into real libraries, not computed by the code under test.
    public static readonly (string Name, uint Hash) Glibc = ("GLIBC_2.2.5", 0x09691a75);
    public static readonly (string Name, uint Hash) Old = ("GLIBCXX_3.4", 0x08922974);
    public static readonly (string Name, uint Hash) New = ("GLIBCXX_3.4.32", 0x0297f842);

    private const int Headers = 64 + 2 * 56;

    private readonly List<byte> _bytes = [.. new byte[Headers]];
    private readonly List<byte> _names = [0];

    private TinyElf()
    {
    }

    /// <summary>The library's bytes.</summary>
    public byte[] Image => [.. _bytes];

    /// <summary>Where vna_flags of the newer version lies; -1 where it is not asked for.</summary>
    public int FlagsAt { get; private set; } = -1;

    /// <summary>Makes a library that needs libc, and libstdc++ in the versions given, for the symbols given.</summary>
    public static TinyElf Create(IReadOnlyList<(string Name, uint Hash)> versions, IReadOnlyList<(string Name, int Version)> symbols, ushort flags = 0)
    {
        var elf = new TinyElf();
        int need = elf.AddVersions(versions, flags);
        int symbolTable = elf.Here;
        elf.Add(new byte[24]);
        foreach ((string name, _) in symbols)
            elf.Add(U32(elf.NameOf(name)), [0x12, 0, 0, 0], new byte[16]);
        int symbolVersions = elf.Here;
        elf.Add(U16(0));
        foreach ((_, int version) in symbols)
            elf.Add(U16((ushort)version));
        int names = elf.Here;
        elf.Add([.. elf._names]);

        int dynamic = elf.Here;
        (long Tag, long Value)[] entries =
        [
            (5, names), (10, elf._names.Count), (6, symbolTable), (0x6ffffff0, symbolVersions), (0x6ffffffe, need), (0x6fffffff, 2), (0, 0),
        ];
        foreach ((long tag, long value) in entries)
            elf.Add(U64(tag), U64(value));
        int dynamicEnd = elf.Here;
        int sections = elf.Here;
        elf.Add(new byte[64], new byte[4], U32(11), new byte[16], U64(symbolTable), U64(24 * (symbols.Count + 1)), new byte[24]);
        elf.WriteHeaders(dynamic, dynamicEnd - dynamic, sections);
        return elf;
    }

    private int Here => _bytes.Count;

    private int AddVersions(IReadOnlyList<(string Name, uint Hash)> versions, ushort flags)
    {
        int start = Here;
        Add(U16(1), U16(1), U32(NameOf("libc.so.6")), U32(16), U32(32));
        Add(U32(Glibc.Hash), U16(0), U16(2), U32(NameOf(Glibc.Name)), U32(0));
        Add(U16(1), U16((ushort)versions.Count), U32(NameOf("libstdc++.so.6")), U32(16), U32(0));
        for (int i = 0; i < versions.Count; i++)
        {
            bool newer = versions[i] == New;
            if (newer)
                FlagsAt = Here + 4;
            Add(U32(versions[i].Hash), U16(newer ? flags : (ushort)0), U16((ushort)(3 + i)), U32(NameOf(versions[i].Name)), U32(i + 1 < versions.Count ? 16u : 0u));
        }

        return start;
    }

    private void WriteHeaders(int dynamic, int dynamicSize, int sections)
    {
        byte[] header =
        [
            0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[9], .. U16(3), .. U16(62), .. U32(1), .. U64(0), .. U64(64), .. U64(sections),
            .. U32(0), .. U16(64), .. U16(56), .. U16(2), .. U16(64), .. U16(2), .. U16(0),
            .. U32(1), .. U32(4), .. U64(0), .. U64(0), .. U64(0), .. U64(Here), .. U64(Here), .. U64(4096),
            .. U32(2), .. U32(6), .. U64(dynamic), .. U64(dynamic), .. U64(dynamic), .. U64(dynamicSize), .. U64(dynamicSize), .. U64(8),
        ];
        for (int i = 0; i < header.Length; i++)
            _bytes[i] = header[i];
    }

    private uint NameOf(string name)
    {
        uint at = (uint)_names.Count;
        _names.AddRange(Encoding.ASCII.GetBytes(name));
        _names.Add(0);
        return at;
    }

    private void Add(params byte[][] parts)
    {
        foreach (byte[] part in parts)
            _bytes.AddRange(part);
    }

    private static byte[] U16(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
