using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Options;

namespace AemloBridge.Tests.Aemlo.Generation;

public class RowCountsTests
{
    private static readonly AemloOptions NoLimit = AemloPresets.Default with { MaxPerSeed = 0 };

    // Several of these products fall just short of the whole number in float64: 0.29 * 100 gives 28.999999999999996.
    [Theory]
    [InlineData(0.7, 90, 63)]
    [InlineData(0.7, 170, 119)]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.57, 100, 57)]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.3, 10, 3)]
    [InlineData(0.3, 19, 5)]
    [InlineData(0.9, 1999, 1799)]
    [InlineData(0.3, 3, 0)]
    [InlineData(0, 1000, 0)]
    [InlineData(1, 7, 7)]
    [InlineData(2.5, 3, 7)]
    [InlineData(1000, 2_000_000, 2_000_000_000)]
    public void Wanted_Rate_IsTheFloorOfTheDecimalProduct(double rate, int rows, int expected) =>
        Assert.Equal(expected, RowCounts.Wanted(NoLimit with { Rate = rate }, rows, 5));

    [Fact]
    public void Wanted_RateInHundredths_EqualsIntegerDivision()
    {
        for (int hundredths = 0; hundredths <= 300; hundredths++)
        {
            double rate = double.Parse($"{hundredths}e-2", System.Globalization.CultureInfo.InvariantCulture);
            for (int rows = 1; rows <= 200; rows++)
            {
                int wanted = RowCounts.Wanted(NoLimit with { Rate = rate }, rows, 5);
                Assert.True(wanted == hundredths * rows / 100, $"{rate} of {rows} rows gave {wanted}");
            }
        }
    }

    [Theory]
    [InlineData(0.3, 1000, 18, 36)]
    [InlineData(0.3, 1000, 149, 298)]
    [InlineData(0.3, 1000, 150, 300)]
    [InlineData(0.3, 1000, 400, 300)]
    [InlineData(0.3, 1000, 0, 0)]
    public void Wanted_Default_IsAtMostTwicePerMinorityRow(double rate, int rows, int minorityRows, int expected) =>
        Assert.Equal(expected, RowCounts.Wanted(AemloPresets.Default with { Rate = rate }, rows, minorityRows));

    [Theory]
    [InlineData(1, 18)]
    [InlineData(5, 90)]
    [InlineData(0, 300)]
    public void Wanted_OtherLimit_IsTakenPerMinorityRow(int maxPerSeed, int expected) =>
        Assert.Equal(expected, RowCounts.Wanted(AemloPresets.Default with { MaxPerSeed = maxPerSeed }, 1000, 18));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void Wanted_Num_WinsOverRateAndLimit(int num)
    {
        AemloOptions options = AemloPresets.Default with { Num = num };
        Assert.Equal(num, RowCounts.Wanted(options, 1000, 18));
        Assert.Empty(RowCounts.Reductions(options, 1000, 18));
    }

    [Theory]
    [InlineData("default", 36)]
    [InlineData("paper", 300)]
    [InlineData("published", 100)]
    public void Wanted_EachPreset_HasItsOwnRateAndLimit(string preset, int expected) =>
        Assert.Equal(expected, RowCounts.Wanted(AemloPresets.Get(preset), 1000, 18));

    [Fact]
    public void Reductions_LimitReached_SaysByHowMuchAndHowToLiftIt() =>
        Assert.Equal(
            ["36 rows instead of 300: at most 2 new rows are made from each of the 18 minority rows (--max-per-seed; 0 lifts the limit, --num sets the number)"],
            RowCounts.Reductions(AemloPresets.Default, 1000, 18));

    [Theory]
    [InlineData(2, 150)]
    [InlineData(2, 400)]
    [InlineData(0, 1)]
    public void Reductions_NothingTakenAway_SaysNothing(int maxPerSeed, int minorityRows) =>
        Assert.Empty(RowCounts.Reductions(AemloPresets.Default with { MaxPerSeed = maxPerSeed }, 1000, minorityRows));
}
