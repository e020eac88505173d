using AemloBridge.Server.Configuration;
using CsCheck;

namespace AemloBridge.Server.Tests.Configuration;

public sealed class HumanValueTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("4096", 4096L)]
    [InlineData("8GiB", 8589934592L)]
    [InlineData("8 gib", 8589934592L)]
    [InlineData("1.5MiB", 1572864L)]
    [InlineData("500MB", 500000000L)]
    [InlineData("2kB", 2000L)]
    [InlineData("7B", 7L)]
    public void ParseSize_KnownForms_AreThatManyBytes(string text, long bytes) => Assert.Equal(bytes, HumanSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("GiB")]
    [InlineData("-1")]
    [InlineData("1,5MiB")]
    [InlineData("8 elephants")]
    [InlineData("9999999TiB")]
    [InlineData("0.3B")]
    public void ParseSize_AnythingElse_IsRefusedAndNamed(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<SettingException>(() => HumanSize.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void FormatSize_AnySize_ReadsBackTheSame() =>
        Gen.Long[0, long.MaxValue].Sample(bytes => HumanSize.Parse(HumanSize.Format(bytes)) == bytes);

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(1L << 33, "8GiB")]
    [InlineData(1500L, "1500")]
    public void FormatSize_KnownSizes_TakeTheLargestUnitThatFits(long bytes, string text) => Assert.Equal(text, HumanSize.Format(bytes));

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("5 m", 300_000)]
    [InlineData("7d", 604_800_000)]
    public void ParseDuration_KnownForms_AreThatLong(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), HumanDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1:30")]
    [InlineData("10y")]
    [InlineData("99999999999999d")]
    public void ParseDuration_AnythingElse_IsRefusedAndNamed(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<SettingException>(() => HumanDuration.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void FormatDuration_AnyTime_ReadsBackTheSame() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks].Sample(ticks => HumanDuration.Parse(HumanDuration.Format(TimeSpan.FromTicks(ticks))).Ticks == ticks);
}
