using AemloBridge.Data;
using AemloBridge.Features;
using AemloBridge.Randomness;

namespace AemloBridge.Tests.Features;

public class FeatureDecoderTests
{
    private static readonly MultiLabelDataset Data = TestData.Literal(
        [DataAttribute.Numeric("real"), DataAttribute.Numeric("whole"), DataAttribute.Nominal("two", "a", "b"), DataAttribute.Nominal("three", "a", "b", "c")],
        1,
        [[-1.5, 2, 0, 0, 0], [2.5, 12, 1, 1, 1], [double.NaN, 4, 0, 2, 0]]);

    private static readonly FeatureEncoder Encoder = FeatureEncoder.Fit(Data.Schema, Data.Features);

    private static readonly double[] Seed = [-1.5, 2, 0, 0];

    [Fact]
    public void Direct_ValuesInsideTheRange_AreUnscaledAndRounded() =>
        Assert.Equal([0.5, 6, 1, 1], Direct(Rules(), [0.5f, 0.41f, 0.7f, 0.1f, 0.5f, 0.4f]));

    [Fact]
    public void Direct_ValuesOutsideTheRange_AreClipped() =>
        Assert.Equal([2.5, 2, 0, 0], Direct(Rules(), [3f, -1f, 0.3f, 0f, 0f, 0f]));

    [Fact]
    public void Direct_RawValues_AreNeitherClippedNorRounded() =>
        Assert.Equal([4.5, 7.0, 0, 2], Direct(Rules() with { RawValues = true }, [1.5f, 0.5f, 0.3f, -2f, -3f, -1f]));

    [Fact]
    public void Direct_WithoutRounding_KeepsFractions() =>
        Assert.Equal(6.1, Direct(Rules() with { Round = false }, [0.5f, 0.41f, 0f, 0f, 0f, 0f])[1], 1e-6);

    [Fact]
    public void Direct_BinaryCutOfTheColumn_DecidesNotOneHalf()
    {
        double[] cuts = [0.5, 0.5, 0.1, 0.5, 0.5, 0.5];
        Assert.Equal(1, Direct(Rules() with { BinaryCuts = cuts }, [0f, 0f, 0.15f, 0f, 0f, 0f])[2]);
        Assert.Equal(0, Direct(Rules() with { BinaryCuts = cuts }, [0f, 0f, 0.05f, 0f, 0f, 0f])[2]);
    }

    [Fact]
    public void Direct_SampledBinary_HasTheProbabilityOfTheCell()
    {
        var random = new SeededRandom(3, RandomStream.Generation);
        var decoder = new FeatureDecoder(Encoder, Rules() with { SampleBinary = true });
        var row = new double[4];
        int ones = 0;
        for (int draw = 0; draw < 10_000; draw++)
        {
            decoder.Direct([0f, 0f, 0.2f, 0f, 0f, 0f], Seed, random, row);
            ones += (int)row[2];
        }

        // Five standard deviations of a binomial share: 5 * sqrt(0.16 / 10,000).
        Assert.InRange(ones / 10_000.0, 0.18, 0.22);
    }

    [Fact]
    public void Residual_NoDifference_GivesBackTheSeedExactly()
    {
        var random = new SeededRandom(1, RandomStream.Generation);
        var encoded = new float[Encoder.Width];
        var seed = new double[4];
        var row = new double[4];
        for (int at = 0; at < 2; at++)
        {
            Encoder.Encode(Data.Features, at, encoded);
            Data.Features.CopyRow(at, seed);
            new FeatureDecoder(Encoder, Rules()).Residual(new float[Encoder.Width], encoded, seed, random, row);
            Assert.Equal(seed, row);
        }
    }

    [Fact]
    public void Residual_Difference_IsAddedInTheColumnsUnits()
    {
        var random = new SeededRandom(1, RandomStream.Generation);
        var encoded = new float[Encoder.Width];
        Encoder.Encode(Data.Features, 0, encoded);
        var row = new double[4];
        new FeatureDecoder(Encoder, Rules()).Residual([0.5f, 0.3f, 0.6f, -0.6f, 0f, 0.5f], encoded, Seed, random, row);
        Assert.Equal([0.5, 5, 1, 2], row);
    }

    [Fact]
    public void Residual_MissingInTheSeed_IsFilledOrKeptMissing()
    {
        var random = new SeededRandom(1, RandomStream.Generation);
        var encoded = new float[Encoder.Width];
        Encoder.Encode(Data.Features, 2, encoded);
        double[] seed = [double.NaN, 4, 0, 2];
        var row = new double[4];
        new FeatureDecoder(Encoder, Rules()).Residual(new float[Encoder.Width], encoded, seed, random, row);
        Assert.Equal(0.5, row[0]);
        new FeatureDecoder(Encoder, Rules() with { KeepMissing = true }).Residual(new float[Encoder.Width], encoded, seed, random, row);
        Assert.True(double.IsNaN(row[0]));
    }

    [Fact]
    public void Direct_SmallValuesOfASparseColumn_AreWrittenAsAbsent()
    {
        MultiLabelDataset data = TestData.Literal([DataAttribute.Numeric("tfidf")], 1, [[0, 0], [0.2, 1], [0.8, 0]]);
        FeatureEncoder encoder = FeatureEncoder.Fit(data.Schema, data.Features);
        var decoder = new FeatureDecoder(encoder, new DecodingRules(false, [0.5], false, false, DropSmall: true, false));
        var random = new SeededRandom(1, RandomStream.Generation);
        var row = new double[1];
        decoder.Direct([0.11f], [0], random, row);
        Assert.Equal(0, row[0]);
        decoder.Direct([0.13f], [0], random, row);
        Assert.Equal(0.104, row[0], 1e-6);
    }

    private static double[] Direct(DecodingRules rules, float[] decoded)
    {
        var row = new double[4];
        new FeatureDecoder(Encoder, rules).Direct(decoded, Seed, new SeededRandom(1, RandomStream.Generation), row);
        return row;
    }

    private static DecodingRules Rules() => new(false, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], Round: true, RawValues: false, DropSmall: false, KeepMissing: false);
}
