using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AemloBridge.Data.Arff;

/// <summary>Decimal numbers from bytes, rounded exactly as <see cref="double.Parse(string)"/> rounds them, but faster on short ones.</summary>
internal static class ArffNumber
{
    // All powers of ten that a double holds exactly.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static ReadOnlySpan<uint> WholePowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private const int MaxExactDigits = 19;
    private const ulong MaxExactMantissa = 1UL << 53;

    /// <summary>
    /// Reads <c>[+-]digits[.digits][e[+-]digits]</c> at <paramref name="position"/>, which is moved behind it. What follows
    /// the number is for the caller to judge.
    /// </summary>
    /// <param name="text">The line.</param>
    /// <param name="position">Where the number begins; unchanged when there is none.</param>
    /// <param name="value">The number; infinite when it is too large for a double.</param>
    /// <returns>False when there is no number.</returns>
    // A file is mostly read once: without this the whole of it would be read by unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref int position, out double value)
    {
        int at = position;
        bool negative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
            negative = text[at++] == (byte)'-';

        // A mantissa longer than 19 digits overflows here; its digits are counted so that the slow path takes it.
        ulong mantissa = 0;
        int first = at;
        uint digit;
        while (at < text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            mantissa = mantissa * 10 + digit;
            at++;
        }

        int digits = at - first;
        int exponent = 0;
        if (at < text.Length && text[at] == (byte)'.')
        {
            first = ++at;
            ReadDigits(text, ref at, ref mantissa);
            digits += at - first;
            exponent = first - at;
        }

        if (digits == 0)
        {
            value = 0;
            return false;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
            ReadExponent(text, ref at, ref exponent);
        if (digits <= MaxExactDigits && mantissa <= MaxExactMantissa && (uint)(exponent + 22) <= 44)
        {
            // Both operands are exact, so the one rounding of the operation is the correct one.
            value = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
            value = negative ? -value : value;
            position = at;
            return true;
        }

        return ReadSlowly(text, ref position, at, out value);
    }

    // Fractions are where the digits are. Eight bytes at once, because the end of a run of digits is what a processor
    // cannot predict, and a loop over single digits guesses it wrong once per number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadDigits(ReadOnlySpan<byte> text, ref int at, ref ulong mantissa)
    {
        const int Word = sizeof(ulong);
        while (text.Length - at >= Word)
        {
            // Digits become 0 to 9; what is above 9 sets the high bit of its byte. A carry only reaches later bytes.
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]) ^ 0x3030303030303030;
            int count = BitOperations.TrailingZeroCount(((word + 0x7676767676767676) | word) & 0x8080808080808080) >> 3;
            if (count == 0)
                return;

            // Shifted up, the digits that are there end the word and zeros lead it.
            mantissa = mantissa * WholePowersOfTen[count] + EightDigits(word << ((Word - count) * 8));
            at += count;
            if (count < Word)
                return;
        }

        uint digit;
        while (at < text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            mantissa = mantissa * 10 + digit;
            at++;
        }
    }

    // Pairs of digits, then fours, then all eight, each step on all of them at once.
    private static ulong EightDigits(ulong word)
    {
        word = (word * 10) + (word >> 8);
        ulong low = (word & 0x000000FF000000FF) * ((1_000_000UL << 32) + 100);
        ulong high = ((word >> 16) & 0x000000FF000000FF) * ((10_000UL << 32) + 1);
        return (low + high) >> 32;
    }

    private static void ReadExponent(ReadOnlySpan<byte> text, ref int at, ref int exponent)
    {
        int next = at + 1;
        bool negative = false;
        if (next < text.Length && text[next] is (byte)'-' or (byte)'+')
            negative = text[next++] == (byte)'-';
        int first = next;
        int written = 0;
        while (next < text.Length && (uint)(text[next] - '0') <= 9)
        {
            // Far beyond any double; the clamp only keeps the sum from overflowing.
            if (written < 100_000)
                written = written * 10 + (text[next] - '0');
            next++;
        }

        if (next == first)
            return;
        exponent += negative ? -written : written;
        at = next;
    }

    private static bool ReadSlowly(ReadOnlySpan<byte> text, ref int position, int end, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool read = double.TryParse(text[position..end], Style, CultureInfo.InvariantCulture, out value);
        if (read)
            position = end;
        return read;
    }
}
