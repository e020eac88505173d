using System.Collections;
using System.Security.Cryptography;
using System.Text;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Security;
using AemloBridge.Server.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Security;

public sealed class TokenFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_LinesOfSeveralTenants_FindsEachToken()
    {
        string path = _folder.Write("tokens", $"# people\n\nlab:{Sha256("one")}\n  lab:{Sha256("two").ToUpperInvariant()}  \nother.lab-2:{Sha256("three")}\n");

        TokenSet tokens = TokenFile.Read(path);

        Assert.Equal((3, 2), (tokens.Count, tokens.Tenants));
        Assert.Equal(["lab", "lab", "other.lab-2", null, null], new[] { "one", "two", "three", "four", Sha256("one") }.Select(tokens.Find));
    }

    [Fact]
    public void Line_OfANewToken_IsFoundAgainAndDoesNotHoldIt()
    {
        string token = AccessToken.Create();
        string line = AccessToken.Line("lab", token);

        Assert.DoesNotContain(token, line, StringComparison.Ordinal);
        Assert.Equal($"lab:{Sha256(token)}", line);
        Assert.Equal("lab", TokenFile.Read(_folder.Write("tokens", line)).Find(token));
        Assert.NotEqual(token, AccessToken.Create());
    }

    [Theory]
    [InlineData("lab:aemlo_this-is-a-token-and-no-hash")]
    [InlineData("labwithouthash")]
    [InlineData("l b:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(":0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("lab:00000000000000000000000000000000000000000000000000000000000000")]
    public void Read_MalformedLine_IsNamedByFileAndLineAndNeverShown(string line)
    {
        string path = _folder.Write("tokens", $"# first\nlab:{Sha256("one")}\n{line}\n");

        string message = Assert.Throws<SettingException>(() => TokenFile.Read(path)).Message;

        Assert.StartsWith($"{path}:3: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(line, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneTokenForTwoTenants_IsRefusedWithBothLines()
    {
        string path = _folder.Write("tokens", $"a:{Sha256("one")}\nb:{Sha256("one")}\n");

        Assert.StartsWith($"{path}:2: the same token as in line 1", Assert.Throws<SettingException>(() => TokenFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nobody\n")]
    public void Read_NoToken_IsRefused(string text) =>
        Assert.Contains("holds no token", Assert.Throws<SettingException>(() => TokenFile.Read(_folder.Write("tokens", text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(99)]
    [InlineData(-1)]
    public void Find_Token_LooksAtEveryEntryWhereverItStands(int position)
    {
        var entries = new CountedEntries([.. Enumerable.Range(0, 100).Select(i => new TokenEntry($"t{i}", AccessToken.Hash($"token {i}")))]);

        string? tenant = new TokenSet(entries).Find($"token {position}");

        Assert.Equal(position < 0 ? null : $"t{position}", tenant);
        Assert.Equal(100, entries.Seen);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite, true)]
    public void Warning_FileOthersCanReadOrChange_IsGiven(UnixFileMode mode, bool warns)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        string path = _folder.Write("tokens", "x");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);

        Assert.Equal(warns, SecretFile.Warning(path) is not null);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Counts how many entries were looked at.</summary>
    private sealed class CountedEntries(TokenEntry[] entries) : IReadOnlyCollection<TokenEntry>
    {
        public int Seen { get; private set; }

        public int Count => entries.Length;

        public IEnumerator<TokenEntry> GetEnumerator()
        {
            foreach (TokenEntry entry in entries)
            {
                Seen++;
                yield return entry;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
