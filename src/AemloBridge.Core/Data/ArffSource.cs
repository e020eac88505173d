namespace AemloBridge.Data;

/// <summary>Where a data set was read from, and what is needed to copy its lines verbatim.</summary>
/// <param name="Path">The ARFF file.</param>
/// <param name="Sha256">SHA-256 of the whole file, lower-case hexadecimal; checked again when the lines are copied.</param>
/// <param name="IsSparse">True when its data rows are in ARFF's sparse format.</param>
/// <param name="NewLine">The line end that the file uses, <c>"\n"</c> or <c>"\r\n"</c>.</param>
/// <param name="LabelXmlPath">The Mulan XML file the labels were read from, or null.</param>
/// <param name="Warnings">What a reader of the report should know: missing labels taken as 0, a polarity that was guessed.</param>
public sealed record ArffSource(
    string Path,
    string Sha256,
    bool IsSparse,
    string NewLine,
    string? LabelXmlPath,
    IReadOnlyList<string> Warnings)
{
    /// <summary>True when the file is not valid UTF-8 and was read, and is written again, as Latin-1.</summary>
    public bool IsLatin1 { get; init; }

    /// <summary>The bytes of the ARFF file where they cannot be read a second time (a pipe), otherwise null.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The bytes of the Mulan XML file that the labels were read from, or null.</summary>
    public ReadOnlyMemory<byte>? LabelXml { get; init; }

    /// <summary>SHA-256 of <see cref="LabelXml"/>, lower-case hexadecimal, or null.</summary>
    public string? LabelXmlSha256 { get; init; }
}
