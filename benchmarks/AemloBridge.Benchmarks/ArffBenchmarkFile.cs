namespace AemloBridge.Benchmarks;

/// <summary>The kinds of file that <see cref="ArffReaderBenchmark"/> reads.</summary>
public enum ArffBenchmarkFile
{
    /// <summary>50,000 rows of 100 numbers with up to six decimals and 10 labels.</summary>
    Dense,

    /// <summary>The same with the shortest form that reads back exactly, mostly 16 to 18 digits.</summary>
    DenseAllDigits,

    /// <summary>40,000 sparse rows of about 84 entries among 1,010 attributes with the values 0 and 1.</summary>
    Sparse,
}
