using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Imbalance;
using AemloBridge.Protocol;
using AemloBridge.Resampling.Options;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using V1 = AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Datasets;

/// <summary>Measures the imbalance of stored data sets. Only the labels are kept in memory.</summary>
internal sealed class LabelAnalysis(IDatasetStore store, HeavyReads reads)
{
    /// <summary>Bytes that the labels of one data set may take in memory. The front end must not be what runs out of it.</summary>
    public const long MaxBytes = 1L << 30;

    private static readonly string[] Allowed = ["minority-rule", "minority-cut"];

    /// <summary>The report of a data set.</summary>
    /// <exception cref="RequestException">NOT_FOUND, INVALID_ARGUMENT; RESOURCE_EXHAUSTED: it has too many labels for its rows.</exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public Task<V1.ImbalanceReport> AnalyzeAsync(string tenant, V1.AnalyzeRequest request, CancellationToken cancellationToken)
    {
        AemloOptions options = Options(request);
        DatasetRecord record = StoredDatasets.Find(store, tenant, "dataset_digest", request.DatasetDigest);
        long bytes = Bytes(record.Rows, record.Labels);
        if (bytes > MaxBytes)
            throw RequestException.Exhausted(Reasons.TooLarge, FormattableString.Invariant($"measuring the labels of this data set takes {bytes} bytes of memory, and at most {MaxBytes} are given to that here; a job's report has the measures too, and 'aemlo analyze' without a server takes what the machine has"));
        return reads.RunAsync(
            bytes,
            () =>
            {
                (DatasetSchema schema, LabelMatrix labels) = StoredDatasets.Read(store, record, stream => ReadLabels(stream, record.Rows, cancellationToken));
                return ImbalanceContract.ToMessage(ImbalanceMeasures.Compute(schema, labels, options));
            },
            cancellationToken);
    }

    /// <summary>What the labels take in memory: a bit each, a row in whole words.</summary>
    public static long Bytes(long rows, long labels) => rows * ((labels + 63) / 64) * sizeof(ulong);

    private static AemloOptions Options(V1.AnalyzeRequest request)
    {
        AemloOptions options = AemloPresets.Default;
        foreach ((string name, string value) in request.Options.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            string field = $"options[{name}]";
            if (!Allowed.Contains(name))
                throw RequestException.Invalid(field, $"does not matter here; allowed: {string.Join(", ", Allowed)}");
            try
            {
                options = AemloOptionCatalog.Get(name).Apply(options, value);
            }
            catch (AemloOptionException exception)
            {
                throw RequestException.Invalid(field, ExceptionTranslation.WithoutOption(exception));
            }
        }

        return options;
    }

    private static (DatasetSchema Schema, LabelMatrix Labels) ReadLabels(Stream stream, int rowCount, CancellationToken cancellationToken)
    {
        DatasetSchema schema = SchemaContract.FromMessage(V1.DatasetHeader.Parser.ParseDelimitedFrom(stream).Schema, DatasetLimits.None);
        var labels = new LabelMatrix(rowCount, schema.LabelCount);
        int labelBytes = (schema.LabelCount + 7) / 8;
        for (int row = 0; row < rowCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            V1.RowBlock block = V1.RowBlock.Parser.ParseDelimitedFrom(stream);
            ReadOnlySpan<byte> bits = block.Labels.Span;
            for (int end = row + (int)block.RowCount; row < end; row++, bits = bits[labelBytes..])
            {
                for (int label = 0; label < schema.LabelCount; label++)
                {
                    if ((bits[label >> 3] >> (label & 7) & 1) != 0)
                        labels[row, label] = true;
                }
            }
        }

        return (schema, labels);
    }
}
