using AemloBridge.Resampling.Bags;
using CsCheck;

namespace AemloBridge.Tests.Resampling.Bags;

public sealed class BagQuotasTests
{
    private static readonly Gen<int[]> Ascending = Gen.Int[0, 30].Array[1, 12].Select(capacities => (int[])[.. capacities.Order()]);

    [Theory]
    [InlineData(new[] { 5, 5 }, 9, new[] { 4, 5 })]
    [InlineData(new[] { 1, 5, 9 }, 12, new[] { 1, 5, 6 })]
    [InlineData(new[] { 1, 5, 9 }, 9, new[] { 1, 4, 4 })]
    [InlineData(new[] { 1, 5, 9 }, 99, new[] { 1, 5, 9 })]
    [InlineData(new[] { 3, 3, 3 }, 2, new[] { 0, 1, 1 })]
    [InlineData(new int[0], 2, new int[0])]
    public void Of_ByHand_SharesAndSpreads(int[] capacities, int amount, int[] expected) =>
        Assert.Equal(expected, BagQuotas.Of(capacities, amount));

    [Fact]
    public void Of_AscendingCapacities_SpreadsAllThatFits() => Gen.Select(Ascending, Gen.Int[0, 400]).Sample((capacities, amount) =>
    {
        int[] quotas = BagQuotas.Of(capacities, amount);
        Assert.Equal(Math.Min(amount, capacities.Sum()), quotas.Sum());
        Assert.All(quotas.Zip(capacities), pair => Assert.InRange(pair.First, 0, pair.Second));
    });
}
