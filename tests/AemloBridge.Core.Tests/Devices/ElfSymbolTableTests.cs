using System.Runtime.InteropServices;
using AemloBridge.Devices;

namespace AemloBridge.Tests.Devices;

/// <summary>Checked against the dynamic loader, so on Linux only.</summary>
public class ElfSymbolTableTests
{
    private static readonly string Libtorch = Path.Combine(AppContext.BaseDirectory, "libtorch");

    [Fact]
    public void UndefinedWithoutVersion_OfTheBinding_AreAllFoundInLibtorchByTheLoader()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there are no ELF libraries to load here");
        HashSet<string> names = ElfSymbolTable.Read(Packages.LibTorchSharp).UndefinedWithoutVersion();
        nint[] libraries = [.. new[] { "libc10.so", "libtorch_cpu.so" }.Select(name => NativeLibrary.Load(Path.Combine(Libtorch, name)))];

        Assert.True(names.Count > 1000, $"only {names.Count} symbols");
        Assert.All(names, name => Assert.True(libraries.Any(library => NativeLibrary.TryGetExport(library, name, out _)), name));
    }

    [Fact]
    public void RemoveDefined_OfLibtorch_LeavesWhatItLacks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there are no ELF libraries to load here");
        HashSet<string> names = ElfSymbolTable.Read(Packages.LibTorchSharp).UndefinedWithoutVersion();
        names.Add("_ZN2at11not_a_thingEv");

        foreach (string name in new[] { "libc10.so", "libtorch_cpu.so" })
            ElfSymbolTable.Read(Path.Combine(Libtorch, name)).RemoveDefined(names);

        Assert.Equal(["_ZN2at11not_a_thingEv"], names);
    }

    [Fact]
    public void UndefinedWithoutVersion_SymbolsOfTheCLibrary_AreLeftOut()
    {
        HashSet<string> names = ElfSymbolTable.Read(Packages.LibTorchSharp).UndefinedWithoutVersion();

        Assert.DoesNotContain("memcpy", names);
        Assert.DoesNotContain("_ZSt21ios_base_library_initv", names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(0x3890)]
    [InlineData(0x2493a0)]
    public void Read_CutFile_SaysThatItIsDamaged(int length)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("library.so");
        File.WriteAllBytes(path, File.ReadAllBytes(Packages.LibTorchSharp)[..length]);

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => ElfSymbolTable.Read(path));

        Assert.StartsWith($"{path} cannot be read as a library: it ", e.Message, StringComparison.Ordinal);
    }
}
