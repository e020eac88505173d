#nullable enable

// Compiled twice: by MSBuild as an inline task (GlibcxxFix.targets), which takes one file and .NET Standard 2.0 only,
// and by the tests, which define GLIBCXX_FIX_WITHOUT_TASK because they have no MSBuild to derive from.

#if !GLIBCXX_FIX_WITHOUT_TASK
using System;
using System.Collections.Generic;
using System.IO;
#endif
using System.Text;

namespace AemloBridge.Build;

/// <summary>What the fix found in a library.</summary>
public enum GlibcxxFixOutcome
{
    /// <summary>The library asked for the version strictly; now it asks weakly.</summary>
    Fixed,

    /// <summary>It asks weakly already.</summary>
    AlreadyFixed,

    /// <summary>It does not ask for that version at all.</summary>
    NotNeeded,
}

/// <summary>A file that the fix does not understand, and therefore leaves alone.</summary>
public sealed class GlibcxxFixException : Exception
{
    public GlibcxxFixException(string message) : base(message)
    {
    }
}

/// <summary>
/// Makes the copy of libLibTorchSharp.so load on systems whose libstdc++ is older than GCC 13.2's.
/// </summary>
/// <remarks>
/// TorchSharp 0.107.0 asks for GLIBCXX_3.4.32 because of one symbol, std::ios_base_library_init(), which is never
/// called on the paths used here. The dynamic loader refuses a library whose required version is missing unless
/// the requirement is flagged weak: VER_FLG_WEAK in vna_flags of its Elf64_Vernaux entry (System V gABI,
/// "Symbol Versioning" of the Linux Standard Base). On newer systems a weak requirement resolves as before.
/// </remarks>
public static class GlibcxxFix
{
    /// <summary>The version that older systems lack.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    /// <summary>The library that defines it.</summary>
    public const string Provider = "libstdc++.so.6";

    /// <summary>The one symbol that may carry it: std::ios_base_library_init().</summary>
    public const string Symbol = "_ZSt21ios_base_library_initv";

    private const int WeakFlag = 0x2;

    /// <summary>Writes a fixed copy of a library; source and destination may be the same file.</summary>
    /// <param name="source">The library to read; never written to, unless it is the destination.</param>
    /// <param name="destination">
    /// Where the copy goes. It is written beside, then renamed: other names (hard links) of a file that was there
    /// keep their content, and a refusal leaves it untouched.
    /// </param>
    /// <exception cref="GlibcxxFixException">The file is not understood; nothing was written.</exception>
    public static GlibcxxFixOutcome CopyFixed(string source, string destination)
    {
        byte[] image = File.ReadAllBytes(source);
        GlibcxxFixOutcome outcome;
        try
        {
            outcome = Apply(image);
        }
        catch (GlibcxxFixException e)
        {
            throw new GlibcxxFixException(
                source + ": " + e.Message + "; the fix for " + Version + " refuses what it does not understand. "
                + "Restore the TorchSharp package again if the file is damaged; if the package is a newer one, see build/GlibcxxFix.cs.");
        }

        if (outcome != GlibcxxFixOutcome.Fixed && Path.GetFullPath(source) == Path.GetFullPath(destination))
            return outcome;

        string temporary = destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.WriteAllBytes(temporary, image);
            // .NET Standard 2.0 has no move that overwrites; a reader never sees half a file either way.
            File.Delete(destination);
            File.Move(temporary, destination);
        }
        finally
        {
            File.Delete(temporary);
        }

        return outcome;
    }

    /// <summary>Sets the flag in the bytes of a library, in place; they are left as they were on any refusal.</summary>
    /// <exception cref="GlibcxxFixException">Not a 64-bit little-endian shared library, damaged, or needing the version for more than the one symbol.</exception>
    public static GlibcxxFixOutcome Apply(byte[] image)
    {
        var elf = new ElfDynamicTables(image);
        int entry = elf.FindVersionEntry(Provider, Version);
        if (entry < 0)
            return GlibcxxFixOutcome.NotNeeded;

        int flags = elf.UInt16(entry + 4, "the flags of " + Version);
        int index = elf.UInt16(entry + 6, "the index of " + Version) & 0x7fff;
        if ((flags & ~WeakFlag) != 0)
            throw new GlibcxxFixException("the entry of " + Version + " carries unknown flags 0x" + flags.ToString("x"));

        foreach (string symbol in elf.SymbolsOfVersion(index))
        {
            if (symbol != Symbol)
                throw new GlibcxxFixException(
                    "it needs " + Version + " for '" + symbol + "' too, not only for '" + Symbol + "': a program would fail when it calls it");
        }

        if ((flags & WeakFlag) != 0)
            return GlibcxxFixOutcome.AlreadyFixed;
        image[entry + 4] |= WeakFlag;
        return GlibcxxFixOutcome.Fixed;
    }
}

/// <summary>The tables of a shared library that the dynamic loader reads, each access checked against the file's end.</summary>
internal sealed class ElfDynamicTables
{
    private const int ProgramHeaderSize = 56;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;

    private readonly byte[] _image;
    private readonly List<ulong[]> _segments = new List<ulong[]>();
    private readonly Dictionary<long, ulong> _dynamic = new Dictionary<long, ulong>();

    public ElfDynamicTables(byte[] image)
    {
        _image = image;
        ReadHeader();
        ReadDynamic();
    }

    /// <summary>Position of the Elf64_Vernaux entry that asks a library for a version, or -1.</summary>
    public int FindVersionEntry(string library, string version)
    {
        const long Verneed = 0x6ffffffe;
        const long VerneedCount = 0x6fffffff;
        if (!_dynamic.ContainsKey(Verneed))
            return -1;

        ulong count = Required(VerneedCount, "DT_VERNEEDNUM");
        if (count > (ulong)_image.Length / 16)
            throw new GlibcxxFixException("its version table claims " + count + " libraries, more than the file can hold");

        int found = -1;
        long need = FileOffset(_dynamic[Verneed], 16, "the version table");
        for (ulong i = 0; i < count; i++)
        {
            string what = "library " + (i + 1) + " of its version table";
            if (UInt16(need, what) != 1)
                throw new GlibcxxFixException(what + " is of an unknown format");
            int entries = UInt16(need + 2, what);
            string file = DynamicString(UInt32(need + 4, what), what);
            long entry = need + UInt32(need + 8, what);
            for (int j = 0; j < entries; j++)
            {
                string which = "version " + (j + 1) + " of '" + file + "'";
                string name = DynamicString(UInt32(entry + 8, which), which);
                if (UInt32(entry, which) != Hash(name))
                    throw new GlibcxxFixException(which + ", '" + name + "', does not match its hash");
                if (file == library && name == version)
                {
                    if (found >= 0)
                        throw new GlibcxxFixException("it asks for " + version + " twice");
                    found = (int)entry;
                }

                entry = Next(entry, j + 1 < entries, which);
            }

            need = Next(need, i + 1 < count, what);
        }

        return found;
    }

    /// <summary>Names of the dynamic symbols bound to a version index.</summary>
    public List<string> SymbolsOfVersion(int index)
    {
        const long SymbolTable = 6;
        const long SymbolVersions = 0x6ffffff0;
        int count = SymbolCount();
        long symbols = FileOffset(Required(SymbolTable, "DT_SYMTAB"), (ulong)count * SymbolSize, "the symbol table");
        long versions = FileOffset(Required(SymbolVersions, "DT_VERSYM"), (ulong)count * 2, "the table of symbol versions");

        var names = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string what = "symbol " + i;
            if ((UInt16(versions + 2 * i, what) & 0x7fff) == index)
                names.Add(DynamicString(UInt32(symbols + (long)SymbolSize * i, what), what));
        }

        return names;
    }

    public int UInt16(long offset, string what)
    {
        Check(offset, 2, what);
        return _image[offset] | _image[offset + 1] << 8;
    }

    private void ReadHeader()
    {
        const int HeaderSize = 64;
        if (_image.Length < HeaderSize || _image[0] != 0x7f || _image[1] != 'E' || _image[2] != 'L' || _image[3] != 'F')
            throw new GlibcxxFixException("it is not an ELF file");
        if (_image[4] != 2 || _image[5] != 1)
            throw new GlibcxxFixException("it is not a 64-bit little-endian ELF file");
        if (UInt16(16, "the file type") != 3)
            throw new GlibcxxFixException("it is not a shared library");

        ulong table = UInt64(32, "the file header");
        int count = UInt16(56, "the file header");
        if (count == 0 || UInt16(54, "the file header") != ProgramHeaderSize)
            throw new GlibcxxFixException("its program headers are missing or of an unknown size");
        Check(table, (ulong)count * ProgramHeaderSize, "the program headers");
        for (int i = 0; i < count; i++)
        {
            long header = (long)table + i * ProgramHeaderSize;
            // Type, offset in the file, address in memory, bytes in the file.
            _segments.Add(new[]
            {
                UInt32(header, "a program header"), UInt64(header + 8, "a program header"),
                UInt64(header + 16, "a program header"), UInt64(header + 32, "a program header"),
            });
        }
    }

    private void ReadDynamic()
    {
        const ulong DynamicSegment = 2;
        List<ulong[]> segments = _segments.FindAll(segment => segment[0] == DynamicSegment);
        if (segments.Count != 1)
            throw new GlibcxxFixException("it has " + segments.Count + " dynamic segments where one is expected");

        Check(segments[0][1], segments[0][3], "the dynamic segment");
        long start = (long)segments[0][1];
        long end = start + (long)segments[0][3];
        for (long entry = start; entry + 16 <= end; entry += 16)
        {
            long tag = (long)UInt64(entry, "the dynamic segment");
            if (tag == 0)
                return;
            _dynamic[tag] = UInt64(entry + 8, "the dynamic segment");
        }

        throw new GlibcxxFixException("its dynamic segment has no end mark");
    }

    /// <summary>The number of dynamic symbols is written down in the section headers only.</summary>
    private int SymbolCount()
    {
        const uint DynamicSymbols = 11;
        ulong table = UInt64(40, "the file header");
        int count = UInt16(60, "the file header");
        if (count == 0 || UInt16(58, "the file header") != SectionHeaderSize)
            throw new GlibcxxFixException("its section headers are missing or of an unknown size");
        Check(table, (ulong)count * SectionHeaderSize, "the section headers");
        for (int i = 0; i < count; i++)
        {
            long header = (long)table + i * SectionHeaderSize;
            if (UInt32(header + 4, "a section header") != DynamicSymbols)
                continue;
            ulong size = UInt64(header + 32, "a section header");
            if (size % SymbolSize != 0 || size > (ulong)_image.Length)
                throw new GlibcxxFixException("its dynamic symbol table has an impossible size of " + size + " bytes");
            return (int)(size / SymbolSize);
        }

        throw new GlibcxxFixException("it has no section for its dynamic symbols");
    }

    private string DynamicString(ulong offset, string what)
    {
        const long StringTable = 5;
        const long StringTableSize = 10;
        ulong size = Required(StringTableSize, "DT_STRSZ");
        long table = FileOffset(Required(StringTable, "DT_STRTAB"), size, "the string table");
        if (offset >= size)
            throw new GlibcxxFixException("the name of " + what + " lies outside the string table");

        long start = table + (long)offset;
        int length = Array.IndexOf(_image, (byte)0, (int)start, (int)(size - offset)) - (int)start;
        if (length < 0)
            throw new GlibcxxFixException("the name of " + what + " has no end");
        return Encoding.ASCII.GetString(_image, (int)start, length);
    }

    private ulong Required(long tag, string name)
    {
        if (!_dynamic.TryGetValue(tag, out ulong value))
            throw new GlibcxxFixException("its dynamic segment has no " + name);
        return value;
    }

    private long FileOffset(ulong address, ulong length, string what)
    {
        const ulong LoadSegment = 1;
        foreach (ulong[] segment in _segments)
        {
            if (segment[0] != LoadSegment || address < segment[2] || address - segment[2] >= segment[3])
                continue;
            ulong inside = address - segment[2];
            if (length > segment[3] - inside)
                throw new GlibcxxFixException(what + " reaches beyond its segment");
            ulong offset = unchecked(segment[1] + inside);
            if (offset < inside)
                throw new GlibcxxFixException(what + " lies beyond the end of the file");
            Check(offset, length, what);
            return (long)offset;
        }

        throw new GlibcxxFixException(what + " is in no part of the file that is loaded");
    }

    private long Next(long entry, bool more, string what)
    {
        uint step = UInt32(entry + 12, what);
        if (more && step < 16)
            throw new GlibcxxFixException("the list ends after " + what + ", too early");
        return entry + step;
    }

    private uint UInt32(long offset, string what)
    {
        Check(offset, 4, what);
        return BitConverter.ToUInt32(_image, (int)offset);
    }

    private ulong UInt64(long offset, string what)
    {
        Check(offset, 8, what);
        return BitConverter.ToUInt64(_image, (int)offset);
    }

    private void Check(long offset, int length, string what) => Check((ulong)offset, (ulong)length, what);

    private void Check(ulong offset, ulong length, string what)
    {
        ulong size = (ulong)_image.Length;
        if (offset > size || length > size - offset)
            throw new GlibcxxFixException(what + " lies beyond the end of the file");
    }

    /// <summary>The hash of the System V ABI for names.</summary>
    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint top = hash & 0xf0000000;
            hash = (hash ^ top >> 24) & ~top;
        }

        return hash;
    }
}

#if !GLIBCXX_FIX_WITHOUT_TASK
/// <summary>The fix as a build task: reads Source, writes Destination.</summary>
public sealed class FixGlibcxx : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
            GlibcxxFixOutcome outcome = GlibcxxFix.CopyFixed(Source, Destination);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Low, "{0}: {1} {2}", Destination, GlibcxxFix.Version, outcome);
        }
        catch (Exception e) when (e is GlibcxxFixException || e is IOException || e is UnauthorizedAccessException)
        {
            Log.LogError("{0}", e.Message);
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
