using AemloBridge.Randomness;

namespace AemloBridge.Features;

/// <summary>
/// Turns decoded numbers back into feature values: nominal codes that exist, numbers inside the observed range, and a
/// missing value only in a column that has no other or, when asked, where the seed has one.
/// </summary>
public sealed class FeatureDecoder
{
    private readonly FeatureEncoder _encoder;
    private readonly DecodingRules _rules;

    /// <summary>A decoder for an encoder's columns.</summary>
    /// <param name="encoder">The fitted columns.</param>
    /// <param name="rules">What a value may be.</param>
    public FeatureDecoder(FeatureEncoder encoder, DecodingRules rules)
    {
        _encoder = encoder;
        _rules = rules;
    }

    /// <summary>Direct decoding: the cells are the reconstruction itself.</summary>
    /// <param name="decoded">Encoded-width cells of Fdx(z).</param>
    /// <param name="seed">The seed's d values, NaN where missing.</param>
    /// <param name="random">Draws for sampled 0/1 columns.</param>
    /// <param name="destination">d values.</param>
    public void Direct(ReadOnlySpan<float> decoded, ReadOnlySpan<double> seed, SeededRandom random, Span<double> destination)
    {
        for (int feature = 0; feature < destination.Length; feature++)
        {
            EncodedColumn column = _encoder.Columns[feature];
            destination[feature] = Special(column, seed[feature]) ?? column.Kind switch
            {
                ColumnKind.Numeric => Number(column, column.Unscale(decoded[column.First])),
                ColumnKind.Binary => Code(column, decoded[column.First], random),
                _ => LargestAt(decoded.Slice(column.First, column.Width)),
            };
        }
    }

    /// <summary>Residual decoding: the cells are what the reconstruction changes, added to the seed's own values.</summary>
    /// <param name="difference">Encoded-width cells of Fdx(z′) − Fdx(z).</param>
    /// <param name="encodedSeed">Encoded-width cells of the seed.</param>
    /// <param name="seed">The seed's d values, NaN where missing.</param>
    /// <param name="random">Draws for sampled 0/1 columns.</param>
    /// <param name="destination">d values.</param>
    public void Residual(
        ReadOnlySpan<float> difference,
        ReadOnlySpan<float> encodedSeed,
        ReadOnlySpan<double> seed,
        SeededRandom random,
        Span<double> destination)
    {
        Span<float> codes = stackalloc float[64];
        for (int feature = 0; feature < destination.Length; feature++)
        {
            EncodedColumn column = _encoder.Columns[feature];
            if (Special(column, seed[feature]) is { } special)
            {
                destination[feature] = special;
                continue;
            }

            switch (column.Kind)
            {
                case ColumnKind.Numeric:
                    // Added to the value itself, not to its float32 image, so that what the network leaves alone stays exact.
                    double own = double.IsNaN(seed[feature]) ? column.Fill : seed[feature];
                    destination[feature] = Number(column, own + column.UnscaleDifference(difference[column.First]));
                    break;
                case ColumnKind.Binary:
                    destination[feature] = Code(column, encodedSeed[column.First] + difference[column.First], random);
                    break;
                default:
                    Span<float> sums = column.Width <= codes.Length ? codes[..column.Width] : new float[column.Width];
                    for (int code = 0; code < sums.Length; code++)
                        sums[code] = encodedSeed[column.First + code] + difference[column.First + code];
                    destination[feature] = LargestAt(sums);
                    break;
            }
        }
    }

    private double? Special(EncodedColumn column, double seedValue)
    {
        if (column.IsEmpty || (_rules.KeepMissing && double.IsNaN(seedValue)))
            return double.NaN;
        return column.IsConstant ? column.Minimum : null;
    }

    private double Code(EncodedColumn column, float decoded, SeededRandom random)
    {
        bool one = _rules.SampleBinary
            ? random.NextDouble() < Math.Clamp(decoded, 0f, 1f)
            : decoded >= _rules.BinaryCuts[column.First];
        return one ? 1 : 0;
    }

    private double Number(EncodedColumn column, double value)
    {
        if (!_rules.RawValues)
            value = column.Nearest(value, _rules.Round);
        return _rules.DropSmall && Math.Abs(value) < column.SmallestMagnitude / 2 ? 0 : value;
    }

    private static int LargestAt(ReadOnlySpan<float> cells)
    {
        int best = 0;
        for (int code = 1; code < cells.Length; code++)
        {
            if (cells[code] > cells[best])
                best = code;
        }

        return best;
    }
}
