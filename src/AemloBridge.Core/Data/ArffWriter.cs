using AemloBridge.Data.Arff;
using AemloBridge.Data.LabelSources;
using AemloBridge.Resampling;

namespace AemloBridge.Data;

/// <summary>Writes data sets to ARFF files with Mulan's label XML beside them.</summary>
/// <remarks>Both files are written under temporary names, flushed to the disk and renamed: an interrupted run leaves nothing.</remarks>
public static class ArffWriter
{
    /// <summary>Checks, before any work, that an output can be written: its folder, its names, the input's safety.</summary>
    /// <param name="outputPath">The ARFF file; its labels go to a file of the same base name that ends in <c>.xml</c>.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="source">The file that was read, which must not be replaced, or null.</param>
    /// <returns>The two files that will be written.</returns>
    /// <exception cref="AemloInputException">The output cannot be written there.</exception>
    public static ArffOutputFiles CheckOutput(string outputPath, bool overwrite, ArffSource? source = null) =>
        ArffOutput.Check(outputPath, overwrite, source);

    /// <summary>
    /// Writes the original file, byte for byte, followed by new rows in the same form: dense or sparse, line ends, encoding.
    /// The label file is copied too, or written when there was none.
    /// </summary>
    /// <param name="original">The data set as it was read from a file.</param>
    /// <param name="rows">The new rows.</param>
    /// <param name="outputPath">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="cancellationToken">Honoured while copying and every few rows.</param>
    /// <returns>The two files written.</returns>
    /// <exception cref="AemloInputException">The output cannot be written, or the original has changed since it was read.</exception>
    /// <exception cref="ArgumentException">The data set has no file, or the rows do not fit it.</exception>
    public static ArffOutputFiles WriteOversampled(MultiLabelDataset original, SyntheticRows rows, string outputPath, bool overwrite, CancellationToken cancellationToken = default)
    {
        using AtomicFiles staged = StageResampled(original, ResamplingRecipe.Append(rows), outputPath, overwrite, out ArffOutputFiles files, cancellationToken);
        staged.Commit();
        return files;
    }

    /// <summary>
    /// Writes what a recipe makes of the original file, in the file's own form. Header, comments and the rows that stay are
    /// copied byte for byte; then follow clones, byte for byte too, then new rows. Only rows with an edited label are written anew.
    /// </summary>
    /// <param name="original">The data set as it was read from a file.</param>
    /// <param name="recipe">What to do to its rows.</param>
    /// <param name="outputPath">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="files">The two files that will appear.</param>
    /// <param name="cancellationToken">Honoured while copying and every few rows.</param>
    /// <returns>Both files, written in full under temporary names; the caller adds what belongs to them, commits and disposes them.</returns>
    /// <exception cref="AemloInputException">The output cannot be written, or the original has changed since it was read.</exception>
    /// <exception cref="ArgumentException">The data set has no file, or the rows do not fit it.</exception>
    public static AtomicFiles StageResampled(MultiLabelDataset original, ResamplingRecipe recipe, string outputPath, bool overwrite, out ArffOutputFiles files, CancellationToken cancellationToken = default)
    {
        ArffSource source = original.Source ?? throw new ArgumentException("the data set was not read from a file; there are no original lines to copy", nameof(original));
        files = CheckOutput(outputPath, overwrite, source);
        return ArffOutput.Stage(files, overwrite, WriteArff, WriteXml);

        void WriteArff(Stream stream)
        {
            if (recipe.KeepsOriginals)
                OriginalCopy.Write(source, stream, cancellationToken);
            else
                RecipeCopy.Write(original, source, recipe, stream, cancellationToken);
            var output = new ArffByteWriter(stream);
            new ArffRowWriter(output, original.Schema, source.IsSparse, source.NewLine, source.IsLatin1)
                .WriteAll(recipe.NewRows.Features, recipe.NewRows.Labels, recipe.NewRows.Weights, cancellationToken);
            output.Flush();
        }

        void WriteXml(Stream stream)
        {
            if (source.LabelXml is { } labels)
                stream.Write(labels.Span);
            else
                MulanLabelXml.Write(stream, original.Schema);
        }
    }

    /// <summary>Writes a data set from nothing but its content: UTF-8, sparse where its features are.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="outputPath">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="cancellationToken">Honoured every few rows.</param>
    /// <returns>The two files written.</returns>
    /// <exception cref="AemloInputException">The output cannot be written.</exception>
    public static ArffOutputFiles Write(MultiLabelDataset data, string outputPath, bool overwrite, CancellationToken cancellationToken = default)
    {
        ArffOutputFiles files = CheckOutput(outputPath, overwrite, data.Source);
        using AtomicFiles staged = StageRows(files, overwrite, data.Schema, data.Features.IsSparse, data.Features, data.Labels, data.Weights, cancellationToken);
        staged.Commit();
        return files;
    }

    /// <summary>Writes new rows alone, as a data set of the same schema.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sparse">True for ARFF's sparse format.</param>
    /// <param name="outputPath">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="cancellationToken">Honoured every few rows.</param>
    /// <returns>The two files written.</returns>
    /// <exception cref="AemloInputException">The output cannot be written.</exception>
    /// <exception cref="ArgumentException">The rows do not fit the schema.</exception>
    public static ArffOutputFiles WriteSynthetic(DatasetSchema schema, SyntheticRows rows, bool sparse, string outputPath, bool overwrite, CancellationToken cancellationToken = default)
    {
        using AtomicFiles staged = StageSynthetic(schema, rows, sparse, outputPath, overwrite, out ArffOutputFiles files, cancellationToken);
        staged.Commit();
        return files;
    }

    /// <summary>Like <see cref="WriteSynthetic"/>, but the files appear only when the result is committed, with what the caller adds to it.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sparse">True for ARFF's sparse format.</param>
    /// <param name="outputPath">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="files">The two files that will appear.</param>
    /// <param name="cancellationToken">Honoured every few rows.</param>
    /// <returns>Both files, written in full under temporary names; the caller commits and disposes them.</returns>
    /// <exception cref="AemloInputException">The output cannot be written.</exception>
    /// <exception cref="ArgumentException">The rows do not fit the schema.</exception>
    public static AtomicFiles StageSynthetic(DatasetSchema schema, SyntheticRows rows, bool sparse, string outputPath, bool overwrite, out ArffOutputFiles files, CancellationToken cancellationToken = default)
    {
        files = CheckOutput(outputPath, overwrite);
        return StageRows(files, overwrite, schema, sparse, rows.Features, rows.Labels, rows.Weights, cancellationToken);
    }

    private static AtomicFiles StageRows(ArffOutputFiles files, bool overwrite, DatasetSchema schema, bool sparse, FeatureMatrix features, LabelMatrix labels, double[]? weights, CancellationToken cancellationToken)
    {
        return ArffOutput.Stage(files, overwrite, WriteArff, stream => MulanLabelXml.Write(stream, schema));

        void WriteArff(Stream stream)
        {
            var output = new ArffByteWriter(stream);
            ArffHeaderWriter.Write(output, schema);
            new ArffRowWriter(output, schema, sparse).WriteAll(features, labels, weights, cancellationToken);
            output.Flush();
        }
    }
}
