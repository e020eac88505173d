namespace AemloBridge.Data.Arff;

/// <summary>Writes an ARFF file and the XML file beside it: both appear, or neither.</summary>
internal static class ArffOutput
{
    /// <summary>The paths for an output, checked before any work is done.</summary>
    /// <param name="path">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="source">The file that was read; neither it nor its label file may be replaced. Or null.</param>
    /// <exception cref="AemloInputException">The output cannot be written there.</exception>
    public static ArffOutputFiles Check(string path, bool overwrite, ArffSource? source)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new AemloInputException("the name of the output file is empty");
        if (Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase))
            throw new AemloInputException("the output is an ARFF file, and its labels are written to an .xml file beside it; choose a name that does not end in .xml", path);
        var files = new ArffOutputFiles(path, Path.ChangeExtension(path, ".xml"));
        if (source is not null)
            Protect(files, source);
        foreach (string file in (string[])[files.ArffPath, files.XmlPath])
        {
            // Beginning a file checks the folder, and that it can be written to; nothing of it stays.
            AtomicFile.Begin(file, overwrite).Dispose();
        }

        return files;
    }

    /// <summary>Writes both files in full; they appear when the result is committed.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="writeArff">Writes the data.</param>
    /// <param name="writeXml">Writes the labels.</param>
    /// <exception cref="AemloInputException">A file cannot be written.</exception>
    public static AtomicFiles Stage(ArffOutputFiles files, bool overwrite, Action<Stream> writeArff, Action<Stream> writeXml)
    {
        var staged = new AtomicFiles(overwrite);
        try
        {
            staged.Add(files.ArffPath, writeArff);
            staged.Add(files.XmlPath, writeXml);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    private static void Protect(ArffOutputFiles files, ArffSource source)
    {
        if (FileIdentity.AreSame(files.ArffPath, source.Path))
            throw new AemloInputException("the output is the input file itself; choose another name", files.ArffPath);
        if (FileIdentity.AreSame(files.XmlPath, source.Path))
            throw new AemloInputException($"its label file would be {files.XmlPath}, the input itself; choose another name for the output", files.ArffPath);
        if (source.LabelXmlPath is null)
            return;
        if (FileIdentity.AreSame(files.ArffPath, source.LabelXmlPath))
            throw new AemloInputException("the output is the input's label file; choose another name", files.ArffPath);
        if (FileIdentity.AreSame(files.XmlPath, source.LabelXmlPath))
            throw new AemloInputException($"its label file would be {files.XmlPath}, the input's own; choose another name for the output", files.ArffPath);
    }
}
