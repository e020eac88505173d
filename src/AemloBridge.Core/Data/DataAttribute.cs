namespace AemloBridge.Data;

/// <summary>The two kinds of attribute that AEMLO can oversample.</summary>
public enum AttributeKind
{
    /// <summary>A number; ARFF's <c>numeric</c>, <c>real</c> and <c>integer</c>.</summary>
    Numeric,

    /// <summary>One of a declared list of values, stored as its position in that list.</summary>
    Nominal,
}

/// <summary>One attribute (column) of a data set, as its file declares it.</summary>
/// <param name="Name">The name, unquoted.</param>
/// <param name="Kind">Numeric or nominal.</param>
/// <param name="Values">The declared values of a nominal attribute, unquoted, in declared order; empty for a numeric one.</param>
/// <param name="DeclaredType">The word a numeric attribute was declared with (<c>numeric</c>, <c>real</c> or <c>integer</c>, in lower case); empty for a nominal one.</param>
public sealed record DataAttribute(string Name, AttributeKind Kind, IReadOnlyList<string> Values, string DeclaredType = "numeric")
{
    /// <summary>A numeric attribute.</summary>
    public static DataAttribute Numeric(string name, string declaredType = "numeric") =>
        new(name, AttributeKind.Numeric, [], declaredType);

    /// <summary>A nominal attribute.</summary>
    public static DataAttribute Nominal(string name, params IReadOnlyList<string> values) =>
        new(name, AttributeKind.Nominal, values, string.Empty);

    /// <summary>True for a nominal attribute.</summary>
    public bool IsNominal => Kind == AttributeKind.Nominal;
}
