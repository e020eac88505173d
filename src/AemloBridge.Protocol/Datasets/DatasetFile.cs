using AemloBridge.Data;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>A data set in a file: a DatasetHeader and RowBlocks, each preceded by its length. The form that stores keep.</summary>
public static class DatasetFile
{
    /// <summary>Writes a data set.</summary>
    public static void Write(Stream stream, MultiLabelDataset data)
    {
        DatasetBlocks.Header(data).WriteDelimitedTo(stream);
        foreach (V1.RowBlock block in DatasetBlocks.Rows(data))
            block.WriteDelimitedTo(stream);
    }

    /// <summary>Reads a data set, and checks it as an upload is checked.</summary>
    /// <exception cref="ContractException">The file is damaged.</exception>
    /// <exception cref="InvalidProtocolBufferException">The file is damaged.</exception>
    public static MultiLabelDataset Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Read(stream);
    }

    /// <summary>Reads a data set up to the end of the stream.</summary>
    /// <exception cref="ContractException">The file is damaged.</exception>
    /// <exception cref="InvalidProtocolBufferException">The file is damaged.</exception>
    public static MultiLabelDataset Read(Stream stream)
    {
        var messages = new Delimited(stream);
        V1.DatasetHeader header = messages.Read(V1.DatasetHeader.Parser) ?? throw new ContractException("file", "is empty; a data set begins with its header");
        using var assembler = new DatasetAssembler(header, DatasetLimits.None, keepRows: true);
        while (messages.Read(V1.RowBlock.Parser) is { } block)
            assembler.Add(block);
        assembler.Complete();
        return assembler.Dataset;
    }
}
