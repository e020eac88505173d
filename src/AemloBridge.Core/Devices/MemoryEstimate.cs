using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Resampling;

namespace AemloBridge.Devices;

/// <summary>The sizes that a job's memory depends on.</summary>
/// <param name="Rows">n.</param>
/// <param name="Features">d.</param>
/// <param name="EncodedColumns">Columns the network sees: more than d where nominal features have more than two values.</param>
/// <param name="Labels">q.</param>
/// <param name="Stored">Feature values held: n·d when dense, the explicit entries when sparse.</param>
/// <param name="Sparse">Whether the rows are sparse.</param>
public sealed record WorkSize(long Rows, long Features, long EncodedColumns, long Labels, long Stored, bool Sparse);

/// <summary>
/// The memory that a job will take at its peak, beyond what an idle process with libtorch has, from its sizes alone.
/// On real and dense data of several shapes it was 0.8 to 1.2 times the measured growth; the tests hold it between 0.7 and 2,
/// and that of MLSMOTE and MLSOL for many new rows. Methods that end before the number asked for is reached take less.
/// </summary>
/// <param name="Host">Bytes of the machine's memory wherever the tensors are: the rows, what is computed of them, the new rows.</param>
/// <param name="Tensors">Bytes where the tensors are: parameters, what Adam keeps, the arrays of one step.</param>
public sealed record MemoryEstimate(long Host, long Tensors)
{
    private const double Float = sizeof(float);
    private const double Double = sizeof(double);

    /// <summary>A column number and a value.</summary>
    private const double Entry = sizeof(int) + sizeof(double);

    /// <summary>Buffers of matrix kernels and of the allocator, of compiled code and of threads, which come with the first job.</summary>
    private const double Fixed = 48 << 20;

    /// <summary>The bound of Generation/LatentNeighbours and Training/BinaryCuts.</summary>
    private const double Block = 1 << 24, BlockBytes = 256 << 20;

    /// <summary>The bounds of Neighbours/NeighbourSearchOptions and of Neighbours/Estimates/EstimatorChoice.</summary>
    private const double SearchBlock = 64 << 20, LargestPanel = 4L << 30;

    /// <summary>Bytes of the new rows on a disk; 0 for a training.</summary>
    public long Result { get; init; }

    /// <summary>Everything, where the tensors are in the machine's memory.</summary>
    public long Total => Host > long.MaxValue - Tensors ? long.MaxValue : Host + Tensors;

    /// <summary>Of a training.</summary>
    /// <param name="size">The data.</param>
    /// <param name="options">The options.</param>
    public static MemoryEstimate OfTraining(WorkSize size, AemloOptions options)
    {
        double parameters = Parameters(size, options);
        double kept = options.Keep == KeepRule.Best ? 1 : 0;
        // The rows, and those of them that have a minority label once more, in arrays that grow by doubling.
        double host = 3 * DataBytes(size) + Fixed;
        // Probabilities of every row, sorted per label; reconstructions of 0/1 columns, a block at a time.
        host += size.Rows * size.Labels * Float + 5.0 * size.Rows * Threads(options);
        host += Math.Min(BlockBytes, size.Rows * size.EncodedColumns * Float);
        // A checkpoint: the copies of values, moments and best weights as arrays and once more as bytes to write.
        host += parameters * Float * (3 + kept) * 2;
        // Values, gradients, two moments; best weights; a checkpoint's copies.
        double tensors = parameters * Float * (4 + kept + 3 + kept);
        tensors += Math.Max(Step(size, options), Inference(size, options));
        return Of(host, tensors);
    }

    /// <summary>Of a training and the rows made with its model.</summary>
    /// <param name="size">The data.</param>
    /// <param name="options">The options.</param>
    public static MemoryEstimate OfOversampling(WorkSize size, AemloOptions options)
    {
        MemoryEstimate training = OfTraining(size, options), generation = OfGeneration(size, size, options);
        double rows = NewRows(size, options) * RowBytes(size) * 2;
        return Of(Math.Max(training.Host + rows, generation.Host + DataBytes(size)), Math.Max(training.Tensors, generation.Tensors)) with { Result = generation.Result };
    }

    /// <summary>Of rows made with a model file.</summary>
    /// <param name="size">The sizes of the data it was trained on, or of the rows given in their place.</param>
    /// <param name="pool">The rows that new ones are made from.</param>
    /// <param name="options">The options.</param>
    public static MemoryEstimate OfGeneration(WorkSize size, WorkSize pool, AemloOptions options)
    {
        double parameters = Parameters(size, options);
        // The rows, the file's bytes and the values read from them; then the new rows while they are collected and written.
        double host = 2 * DataBytes(pool) + Fixed + 2 * parameters * Float;
        double rows = NewRows(size, options) * RowBytes(size);
        host += rows * 2;
        double tensors = 2 * parameters * Float + Inference(size, options);
        if (options.Decoding == DecodingKind.Residual)
        {
            host += pool.Rows * options.Latent * Float + Math.Min(Block, pool.Rows * (double)NetworkInference.ChunkRows) * Float;
            tensors += 2.0 * pool.Rows * options.Latent * Float + 2 * Math.Min(Block, pool.Rows * (double)NetworkInference.ChunkRows) * Float;
        }

        return Of(host, tensors) with { Result = Clamped(rows) };
    }

    /// <summary>Of a resampling method without a training: the rows, the new ones while they are collected and written, and for a search the float32 copy of the rows, the neighbours found and a block of estimates.</summary>
    /// <param name="size">The data.</param>
    /// <param name="options">The method's options.</param>
    public static MemoryEstimate OfResampling(WorkSize size, ResamplingOptions options)
    {
        ResultSize result = ResultSize.Of(options, size.Rows);
        double rows = result.NewRows * RowBytes(size);
        double repeated = result.RepeatedRows * (sizeof(int) + LabelBytes(size));
        // New rows are in an array that grows, in its last copy, and in the messages they are written as; and what is known of
        // each: its parents, its weight, its hash among all in the report.
        double host = 2 * DataBytes(size) + 4 * rows + result.NewRows * 6 * Double + 2 * repeated + Fixed;
        double tensors = 0;
        if (options is NeighbourOptions search)
        {
            host += size.Rows * Math.Min(result.Neighbours, Math.Max(0, size.Rows - 1)) * Entry;
            double dense = size.Rows * size.EncodedColumns * Float;
            bool onDevice = search.Device == DeviceKind.Cuda || (search.Device == DeviceKind.Auto && TorchRuntime.MayHaveCuda);
            tensors = SearchBlock + (onDevice ? Math.Min(dense, LargestPanel) : size.Sparse ? size.Stored * (sizeof(int) + Float) : dense);
        }

        return Of(host, tensors) with { Result = Clamped(rows + result.RepeatedRows * sizeof(int)) };
    }

    private static MemoryEstimate Of(double host, double tensors) => new(Clamped(host), Clamped(tensors));

    private static long Clamped(double bytes) => bytes >= long.MaxValue ? long.MaxValue : (long)bytes;

    private static double DataBytes(WorkSize size) =>
        size.Rows * (LabelBytes(size) + (size.Sparse ? Double : 0)) + size.Stored * (size.Sparse ? Entry : Double);

    /// <summary>One new row, as dense or sparse as the given ones.</summary>
    private static double RowBytes(WorkSize size) =>
        LabelBytes(size) + (size.Sparse ? Entry * size.Stored / Math.Max(1, size.Rows) : Double * size.Features);

    private static double LabelBytes(WorkSize size) => Double * Math.Ceiling(size.Labels / 64.0);

    private static double NewRows(WorkSize size, AemloOptions options) => options.Num ?? options.Rate * size.Rows;

    private static int Threads(AemloOptions options) => options.Threads == 0 ? TorchRuntime.DefaultThreads : options.Threads;

    private static double Parameters(WorkSize size, AemloOptions options) =>
        AemloNetwork.Specs(Shape(size, options)).Sum(spec => (double)spec.Count);

    private static NetworkShape Shape(WorkSize size, AemloOptions options) =>
        NetworkShape.Of(options, Narrow(size.EncodedColumns), Narrow(size.Labels));

    private static int Narrow(long count) => (int)Math.Min(count, int.MaxValue);

    /// <summary>The arrays of one optimizer step: forward, losses, backward.</summary>
    private static double Step(WorkSize size, AemloOptions options)
    {
        double rows = Math.Min(options.BatchSize, size.Rows);
        // Features: the batch on the host and on the device, its reconstruction, two gradients and what they are made of.
        double cells = rows * size.EncodedColumns * 8;
        // Labels, of both encoders at once: scores, the ranking loss's factors and products, the entropy's.
        double labelCells = rows * size.Labels * (options.LabelDecoderInput == LabelDecoderInput.Both ? 2 : 1) * 14;
        if (options.Network == NetworkKind.Published)
            labelCells *= 2;
        double hiddenCells = rows * (6.0 * options.Hidden * options.Layers + 12.0 * options.Latent);
        double smaller = Math.Min(rows, options.Latent);
        double gramCells = 6 * rows * rows + 4 * smaller * smaller;
        return (cells + labelCells + hiddenCells + gramCells) * Float;
    }

    /// <summary>The arrays of one chunk of rows on their way through the network, on the host and on the device.</summary>
    private static double Inference(WorkSize size, AemloOptions options) =>
        NetworkInference.ChunkRows * (5.0 * size.EncodedColumns + 3.0 * size.Labels + 3.0 * options.Hidden + 3.0 * options.Latent) * Float;
}
