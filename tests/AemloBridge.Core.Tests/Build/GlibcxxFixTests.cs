using AemloBridge.Build;

namespace AemloBridge.Tests.Build;

public class GlibcxxFixTests
{
    // Found once with a hex editor from the section header of .gnu.version_r in the published 0.107.0.
    private const int FlagsInPublishedLibrary = 0x3fa34;

    [Fact]
    public void Apply_PublishedLibrary_SetsTheWeakFlagAndNothingElse()
    {
        byte[] before = File.ReadAllBytes(Packages.LibTorchSharp);
        byte[] after = [.. before];

        Assert.Equal(GlibcxxFixOutcome.Fixed, GlibcxxFix.Apply(after));

        Assert.Equal([FlagsInPublishedLibrary], Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
        Assert.Equal((0, 2), (before[FlagsInPublishedLibrary], after[FlagsInPublishedLibrary]));
    }

    [Fact]
    public void Apply_Twice_LeavesTheFixedLibrary()
    {
        byte[] once = File.ReadAllBytes(Packages.LibTorchSharp);
        GlibcxxFix.Apply(once);
        byte[] twice = [.. once];

        Assert.Equal(GlibcxxFixOutcome.AlreadyFixed, GlibcxxFix.Apply(twice));

        Assert.Equal(once, twice);
    }

    [Fact]
    public void Apply_LibraryOfOlderCompiler_NeedsNothing()
    {
        byte[] image = TinyElf.Create([TinyElf.Old], [("printf", 2), ("_ZSt4cout", 3)]).Image;
        byte[] before = [.. image];

        Assert.Equal(GlibcxxFixOutcome.NotNeeded, GlibcxxFix.Apply(image));

        Assert.Equal(before, image);
    }

    [Fact]
    public void Apply_AnotherSymbolNeedsTheVersion_RefusesAndNamesIt()
    {
        TinyElf elf = TinyElf.Create([TinyElf.Old, TinyElf.New], [(GlibcxxFix.Symbol, 4), ("_ZSt9new_thing", 4)]);

        GlibcxxFixException e = Refusal(elf.Image);

        Assert.Contains("_ZSt9new_thing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_UnknownFlag_Refuses()
    {
        TinyElf elf = TinyElf.Create([TinyElf.New], [(GlibcxxFix.Symbol, 3)], flags: 0x8);

        Assert.Contains("unknown flags 0x8", Refusal(elf.Image).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_VersionAskedForTwice_Refuses()
    {
        TinyElf elf = TinyElf.Create([TinyElf.New, TinyElf.New], [(GlibcxxFix.Symbol, 3)]);

        Assert.Contains("twice", Refusal(elf.Image).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0x7e, "not an ELF file")]
    [InlineData(4, 1, "not a 64-bit little-endian")]
    [InlineData(5, 2, "not a 64-bit little-endian")]
    [InlineData(16, 2, "not a shared library")]
    [InlineData(54, 32, "program headers")]
    [InlineData(56, 0, "program headers")]
    [InlineData(57, 0xff, "program headers")]
    [InlineData(39, 0x7f, "program headers")]
    [InlineData(47, 0xff, "section headers")]
    [InlineData(58, 40, "section headers")]
    [InlineData(61, 0xff, "section headers")]
    public void Apply_DamagedHeader_SaysWhichPart(int at, int value, string part)
    {
        byte[] image = Needing().Image;
        image[at] = (byte)value;

        Assert.Contains(part, Refusal(image).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_CutAnywhere_RefusesAndChangesNothing()
    {
        byte[] whole = Needing().Image;
        for (int length = 0; length < whole.Length - 24; length++)
            Refusal(whole[..length]);
    }

    [Fact]
    public void Apply_PublishedLibraryCutAtEachTable_Refuses()
    {
        byte[] whole = File.ReadAllBytes(Packages.LibTorchSharp);
        // Offsets of .dynsym, .dynstr, .gnu.version, .gnu.version_r, .rela.dyn, .dynamic and the section headers.
        foreach (int table in new[] { 0x3890, 0x16760, 0x3dfae, 0x3f8f0, 0x3fb00, 0x1d4b18, 0x2493a0 })
        {
            foreach (int length in new[] { table - 1, table, table + 1, table + 17 })
                Refusal(whole[..length]);
        }
    }

    [Fact]
    public void Apply_AnyByteDamaged_RefusesOrTouchesTheFlagsOnly()
    {
        TinyElf elf = Needing();
        byte[] whole = elf.Image;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (int value in new[] { 0, 0xff, 0x7f, whole[at] ^ 1, whole[at] ^ 0x80 })
            {
                byte[] image = [.. whole];
                image[at] = (byte)value;
                byte[] before = [.. image];
                try
                {
                    GlibcxxFix.Apply(image);
                    image[elf.FlagsAt] = before[elf.FlagsAt];
                }
                catch (GlibcxxFixException)
                {
                    // Refused: then nothing may have changed at all.
                }

                Assert.Equal(before, image);
            }
        }
    }

    [Fact]
    public void Apply_RandomBytesAfterTheMagic_Refuses()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] image = new byte[random.Next(64, 600)];
            random.NextBytes(image);
            Needing().Image.AsSpan(0, Math.Min(64 + 56 * random.Next(3), image.Length)).CopyTo(image);
            byte[] before = [.. image];
            Assert.Throws<GlibcxxFixException>(() => GlibcxxFix.Apply(image));
            Assert.Equal(before, image);
        }
    }

    private static TinyElf Needing() =>
        TinyElf.Create([TinyElf.Old, TinyElf.New], [("printf", 2), ("_ZSt4cout", 3), (GlibcxxFix.Symbol, 4)]);

    private static GlibcxxFixException Refusal(byte[] image)
    {
        byte[] before = [.. image];
        GlibcxxFixException e = Assert.Throws<GlibcxxFixException>(() => GlibcxxFix.Apply(image));
        Assert.Equal(before, image);
        return e;
    }
}
