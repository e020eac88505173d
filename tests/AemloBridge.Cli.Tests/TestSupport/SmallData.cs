namespace AemloBridge.Cli.Tests.TestSupport;

/// <summary>
/// Twelve rows, two features, three labels, counted by hand: A in rows 0 to 7, B in rows 6 to 9, C in row 0. So the
/// positives are 8, 4 and 1, and IRLbl is 1, 2 and 8.
/// </summary>
internal static class SmallData
{
    public const string Xml = """
        <?xml version="1.0" encoding="utf-8"?>
        <labels xmlns="http://mulan.sourceforge.net/labels">
          <label name="A"></label>
          <label name="B"></label>
          <label name="C"></label>
        </labels>
        """;

    public static string Arff { get; } = string.Join('\n',
    [
        "@relation small",
        "@attribute height numeric",
        "@attribute colour {red,blue}",
        "@attribute A {0,1}",
        "@attribute B {0,1}",
        "@attribute C {0,1}",
        "@data",
        .. Enumerable.Range(0, 12).Select(row => $"{row}.5,{(row % 2 == 0 ? "red" : "blue")},{(row < 8 ? 1 : 0)},{(row is >= 6 and <= 9 ? 1 : 0)},{(row == 0 ? 1 : 0)}"),
        string.Empty,
    ]);

    /// <summary>Writes small.arff and small.xml and gives the path of the first.</summary>
    public static string Write(TempFolder folder)
    {
        folder.Write("small.xml", Xml);
        return folder.Write("small.arff", Arff);
    }
}
