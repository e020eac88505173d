using System.Globalization;
using System.Text;
using AemloBridge.Data.Arff;
using CsCheck;

namespace AemloBridge.Tests.Data.Arff;

public class ArffNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.25e-3")]
    [InlineData("0.1")]
    [InlineData("123456789.123456789")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.000000000000000000001")]
    [InlineData("18446744073709551616")]
    [InlineData("0.000000000000000000000000000001")]
    [InlineData("1e22")]
    [InlineData("1e23")]
    [InlineData("8.5e-22")]
    [InlineData("8.5E-23")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999")]
    [InlineData("0e99999999999")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("00000000000000000000000012")]
    [InlineData("0.30000000000000004")]
    public void TryRead_Number_HasTheBitsThatTheFrameworkGives(string text) => AssertSame(text);

    [Fact]
    public void TryRead_RandomDecimals_HaveTheBitsThatTheFrameworkGives()
    {
        Gen<string> digits = Gen.Char['0', '9'].Array[0, 22].Select(units => new string(units));
        Gen<string> exponent = Gen.Frequency((2, Gen.Const(string.Empty)), (1, Gen.Int[-330, 330].Select(value => "e" + value)), (1, Gen.Int[-30, 30].Select(value => $"E{value:+0;-0}")));
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("-"), Gen.Const("+")), digits, Gen.Bool, digits, exponent)
            .Select((sign, whole, point, fraction, power) => $"{sign}{(whole.Length + fraction.Length == 0 ? "0" : whole)}{(point || whole.Length == 0 ? "." : string.Empty)}{fraction}{power}")
            .Where(text => text.Any(char.IsAsciiDigit) && !text.StartsWith(".e", StringComparison.OrdinalIgnoreCase))
            .Sample(AssertSame, iter: 20_000);
    }

    [Fact]
    public void TryRead_ShortestFormOfAnyDouble_GivesThatDouble() =>
        Gen.Double.Where(double.IsFinite).Sample(number => AssertSame(number.ToString("R", CultureInfo.InvariantCulture)), iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("+.e5")]
    [InlineData("abc")]
    [InlineData("e5")]
    [InlineData("?")]
    public void TryRead_NoNumber_ReturnsFalse(string text)
    {
        int position = 0;
        Assert.False(ArffNumber.TryRead(Encoding.ASCII.GetBytes(text), ref position, out _));
        Assert.Equal(0, position);
    }

    [Theory]
    [InlineData("1.5,2", 3)]
    [InlineData("1.5e,2", 3)]
    [InlineData("1.5e+,2", 3)]
    [InlineData("12 3", 2)]
    [InlineData("1.2.3", 3)]
    [InlineData("1.23456789,12345678", 10)]
    [InlineData("0.1234567}", 9)]
    public void TryRead_TextAfterTheNumber_StaysUnread(string text, int end)
    {
        int position = 0;
        Assert.True(ArffNumber.TryRead(Encoding.ASCII.GetBytes(text), ref position, out double value));
        Assert.Equal(end, position);
        Assert.Equal(double.Parse(text[..end], CultureInfo.InvariantCulture), value);
    }

    private static void AssertSame(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        foreach (string behind in (string[])["", ",", "         ", ",1234567890"])
        {
            int position = 0;
            Assert.True(ArffNumber.TryRead(Encoding.ASCII.GetBytes(text + behind), ref position, out double value), text);
            Assert.Equal(text.Length, position);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), $"{text}: expected {expected:R}, found {value:R}");
        }
    }
}
