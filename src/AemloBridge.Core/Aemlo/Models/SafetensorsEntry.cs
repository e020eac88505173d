using System.Runtime.InteropServices;

namespace AemloBridge.Aemlo.Models;

/// <summary>One named array of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">F32, F64, I32, I64 or U64.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Data">Its cells, row-major, little-endian.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes of one cell of a type; 0 for a type that is not known here.</summary>
    public static int SizeOf(string type) => type switch
    {
        "F32" or "I32" => 4,
        "F64" or "I64" or "U64" => 8,
        _ => 0,
    };

    /// <summary>An array of numbers as an entry.</summary>
    public static SafetensorsEntry Of<T>(string name, T[] values, params long[] shape)
        where T : unmanaged =>
        new(name, TypeOf<T>(), shape.Length == 0 ? [values.LongLength] : shape, MemoryMarshal.AsBytes<T>(values).ToArray());

    /// <summary>The cells as numbers.</summary>
    /// <exception cref="AemloModelFormatException">They are of another type.</exception>
    public T[] Values<T>()
        where T : unmanaged
    {
        if (Type != TypeOf<T>())
            throw new AemloModelFormatException($"tensor '{Name}' holds {Type} where {TypeOf<T>()} is expected");
        return MemoryMarshal.Cast<byte, T>(Data.Span).ToArray();
    }

    private static string TypeOf<T>() => default(T) switch
    {
        float => "F32",
        double => "F64",
        int => "I32",
        long => "I64",
        ulong => "U64",
        _ => throw new ArgumentException($"no safetensors type for {typeof(T)}"),
    };
}
