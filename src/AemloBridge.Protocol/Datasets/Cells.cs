using System.Numerics;

namespace AemloBridge.Protocol;

/// <summary>Checks of many feature values at once.</summary>
internal static class Cells
{
    /// <summary>The position of the first value that is infinite or NaN; -1 when there is none.</summary>
    public static int FirstNonFinite(ReadOnlySpan<double> values)
    {
        int at = 0;
        for (; at + Vector<double>.Count <= values.Length; at += Vector<double>.Count)
        {
            // x - x is 0 for a finite x, NaN for the others.
            var block = new Vector<double>(values[at..]);
            if (!Vector.EqualsAll(block - block, Vector<double>.Zero))
                break;
        }

        for (; at < values.Length; at++)
        {
            if (!double.IsFinite(values[at]))
                return at;
        }

        return -1;
    }

    /// <summary>Whether a value is one of the codes 0 to <paramref name="count"/> - 1.</summary>
    public static bool IsCode(double value, int count)
    {
        int code = (int)value;
        return (uint)code < (uint)count && code == value;
    }

    /// <summary>Whether bit i of a mask is set.</summary>
    public static bool Bit(ReadOnlySpan<byte> mask, long index) => (mask[(int)(index >> 3)] >> (int)(index & 7) & 1) != 0;
}
