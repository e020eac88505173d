namespace AemloBridge.Data.Arff;

/// <summary>Writes an ARFF file and the XML file beside it: both appear, or neither.</summary>
internal static class ArffOutput
{
    /// <summary>The paths for an output, checked before any work is done.</summary>
    /// <param name="path">The ARFF file.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="source">The file that was read, which must not be replaced, or null.</param>
    /// <exception cref="AemloInputException">The output cannot be written there.</exception>
    public static ArffOutputFiles Check(string path, bool overwrite, ArffSource? source)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new AemloInputException("the name of the output file is empty");
        if (Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase))
            throw new AemloInputException("the output is an ARFF file, and its labels are written to an .xml file beside it; choose a name that does not end in .xml", path);
        var files = new ArffOutputFiles(path, Path.ChangeExtension(path, ".xml"));
        if (source is not null && IsSameFile(path, source.Path))
            throw new AemloInputException("the output is the input file itself; choose another name", path);
        if (source?.LabelXmlPath is not null && IsSameFile(files.XmlPath, source.LabelXmlPath))
            throw new AemloInputException($"its label file would be {files.XmlPath}, the input's own; choose another name for the output", path);
        foreach (string file in (string[])[files.ArffPath, files.XmlPath])
        {
            // Beginning a file checks the folder, and that it can be written to; nothing of it stays.
            AtomicFile.Begin(file, overwrite).Dispose();
        }

        return files;
    }

    /// <summary>Writes both files.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="overwrite">True when existing files may be replaced.</param>
    /// <param name="writeArff">Writes the data.</param>
    /// <param name="writeXml">Writes the labels.</param>
    /// <exception cref="AemloInputException">A file cannot be written.</exception>
    public static void Write(ArffOutputFiles files, bool overwrite, Action<Stream> writeArff, Action<Stream> writeXml)
    {
        using AtomicFile arff = AtomicFile.Begin(files.ArffPath, overwrite);
        using AtomicFile xml = AtomicFile.Begin(files.XmlPath, overwrite);
        Fill(arff, files.ArffPath, writeArff);
        Fill(xml, files.XmlPath, writeXml);
        bool xmlIsNew = !File.Exists(files.XmlPath);
        xml.Commit();
        try
        {
            arff.Commit();
        }
        catch (AemloInputException) when (xmlIsNew)
        {
            File.Delete(files.XmlPath);
            throw;
        }
    }

    private static void Fill(AtomicFile file, string path, Action<Stream> write)
    {
        try
        {
            write(file.Stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the file cannot be written: {error.Message}", path);
        }

        file.Finish();
    }

    private static bool IsSameFile(string first, string second)
    {
        StringComparison comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return string.Equals(Final(first), Final(second), comparison);
    }

    private static string Final(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }
}
