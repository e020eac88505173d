using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AemloBridge.Neighbours.Estimates;

/// <summary>
/// The innermost matrix product, 6 queries by 16 candidates: 12 sums, 2 candidates' vectors and 1 query's number are the
/// 15 of 16 registers that AVX2 has.
/// </summary>
internal static class PanelKernel
{
    /// <summary>Queries per call.</summary>
    public const int Height = 6;

    /// <summary>Candidates per call.</summary>
    public const int Width = 16;

    /// <summary>norms + queriesᵀ · candidates.</summary>
    /// <param name="queries">Factors × 6.</param>
    /// <param name="candidates">Factors × 16.</param>
    /// <param name="norms">16.</param>
    /// <param name="result">Row-major, 16 cells of each row are written.</param>
    /// <param name="stride">Cells from one row of the result to the next.</param>
    /// <param name="rows">How many of the 6 queries are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> queries, ReadOnlySpan<float> candidates, ReadOnlySpan<float> norms, Span<float> result, int stride, int rows)
    {
        Vector256<float> low0 = Vector256.Create(norms), high0 = Vector256.Create(norms[8..]);
        Vector256<float> low1 = low0, high1 = high0, low2 = low0, high2 = high0;
        Vector256<float> low3 = low0, high3 = high0, low4 = low0, high4 = high0, low5 = low0, high5 = high0;
        ref float left = ref MemoryMarshal.GetReference(queries);
        ref float right = ref MemoryMarshal.GetReference(candidates);
        nuint factors = (nuint)(uint)(candidates.Length / Width);
        for (nuint factor = 0; factor < factors; factor++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref right, factor * Width);
            Vector256<float> high = Vector256.LoadUnsafe(ref right, factor * Width + 8);
            ref float own = ref Unsafe.Add(ref left, factor * Height);
            Vector256<float> number = Vector256.Create(own);
            low0 = Vector256.MultiplyAddEstimate(number, low, low0);
            high0 = Vector256.MultiplyAddEstimate(number, high, high0);
            number = Vector256.Create(Unsafe.Add(ref own, 1));
            low1 = Vector256.MultiplyAddEstimate(number, low, low1);
            high1 = Vector256.MultiplyAddEstimate(number, high, high1);
            number = Vector256.Create(Unsafe.Add(ref own, 2));
            low2 = Vector256.MultiplyAddEstimate(number, low, low2);
            high2 = Vector256.MultiplyAddEstimate(number, high, high2);
            number = Vector256.Create(Unsafe.Add(ref own, 3));
            low3 = Vector256.MultiplyAddEstimate(number, low, low3);
            high3 = Vector256.MultiplyAddEstimate(number, high, high3);
            number = Vector256.Create(Unsafe.Add(ref own, 4));
            low4 = Vector256.MultiplyAddEstimate(number, low, low4);
            high4 = Vector256.MultiplyAddEstimate(number, high, high4);
            number = Vector256.Create(Unsafe.Add(ref own, 5));
            low5 = Vector256.MultiplyAddEstimate(number, low, low5);
            high5 = Vector256.MultiplyAddEstimate(number, high, high5);
        }

        Store(low0, high0, result, 0, stride, rows);
        Store(low1, high1, result, 1, stride, rows);
        Store(low2, high2, result, 2, stride, rows);
        Store(low3, high3, result, 3, stride, rows);
        Store(low4, high4, result, 4, stride, rows);
        Store(low5, high5, result, 5, stride, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, Span<float> result, int row, int stride, int rows)
    {
        if (row >= rows)
            return;
        low.CopyTo(result[(row * stride)..]);
        high.CopyTo(result[(row * stride + 8)..]);
    }
}
