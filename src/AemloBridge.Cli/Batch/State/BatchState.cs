using System.Text;
using System.Text.Json;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Reporting;
using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Engines;
using AemloBridge.Cli.Errors;

namespace AemloBridge.Cli.Batch.State;

/// <summary>An entry that is done.</summary>
/// <param name="Key">Its key.</param>
/// <param name="DataBytes">Size of the ARFF file written.</param>
/// <param name="LabelBytes">Size of the label file written.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Report">How it came about.</param>
internal sealed record DoneRecord(string Key, long DataBytes, long LabelBytes, double Seconds, RunReport Report);

/// <summary>
/// What a batch has done, so that one which was stopped goes on where it stopped: a file of one JSON object a line, each
/// on the disk before the batch goes on. A line that was cut off is as if it had never been there.
/// </summary>
internal sealed class BatchState : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _begun = [];
    private readonly Dictionary<string, DoneRecord> _done = [];
    private readonly Dictionary<(string Training, string Place), KeptModel> _models = [];
    private readonly string _folder;
    private readonly FileStream? _file;

    private BatchState(string path, FileStream? file)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _file = file;
    }

    /// <summary>True when there was nothing before.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>Opens the file for a run, or makes it.</summary>
    /// <exception cref="OutputException">It cannot be written, or another batch has it.</exception>
    public static BatchState Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var state = new BatchState(path, file);
            file.SetLength(state.Read(file));
            file.Position = file.Length;
            return state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path}: what has been done cannot be kept there: {exception.Message}; if another batch of this plan runs, wait for its end", exception);
        }
    }

    /// <summary>Looks into the file without changing anything.</summary>
    public static BatchState Look(string path)
    {
        var state = new BatchState(path, null);
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            state.Read(file);
        }

        return state;
    }

    /// <summary>The record of an entry whose outputs are there as they were written; null otherwise.</summary>
    public DoneRecord? Done(BatchEntry entry)
    {
        lock (_lock)
        {
            return _done.TryGetValue(Id(entry), out DoneRecord? done)
                && done.Key == entry.Key
                && new FileInfo(entry.Output) is { Exists: true } data && data.Length == done.DataBytes
                && new FileInfo(entry.LabelFile) is { Exists: true } labels && labels.Length == done.LabelBytes
                    ? done
                    : null;
        }
    }

    /// <summary>Whether the batch was about to write this very entry: what stands there is its own then.</summary>
    public bool HasBegun(BatchEntry entry)
    {
        lock (_lock)
            return _begun.GetValueOrDefault(Id(entry)) == entry.Key && !_done.ContainsKey(Id(entry));
    }

    /// <summary>The model of a training, kept for entries that are not done.</summary>
    /// <param name="training">The training's key.</param>
    /// <param name="place">Where it is kept.</param>
    public KeptModel? Model(string training, string place)
    {
        lock (_lock)
            return _models.GetValueOrDefault((training, place));
    }

    /// <summary>Notes that the outputs of an entry are about to appear.</summary>
    public void Begin(BatchEntry entry)
    {
        lock (_lock)
        {
            _begun[Id(entry)] = entry.Key;
            _done.Remove(Id(entry));
        }

        Append(writer => StateLines.WriteBegun(writer, Id(entry), entry.Key));
    }

    /// <summary>Notes that an entry is done.</summary>
    public void Finish(BatchEntry entry, DoneRecord done)
    {
        lock (_lock)
            _done[Id(entry)] = done;
        Append(writer => StateLines.WriteDone(writer, Id(entry), done));
    }

    /// <summary>Notes a model that is kept, or with null that it is gone.</summary>
    public void Keep(string training, string place, KeptModel? model)
    {
        lock (_lock)
        {
            if (model is null)
                _models.Remove((training, place));
            else
                _models[(training, place)] = model;
        }

        Append(writer => StateLines.WriteModel(writer, training, place, model));
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>An output's path from the file's own folder, so that it is found from whatever folder the batch is run in.</summary>
    private string Id(BatchEntry entry) => Path.GetRelativePath(_folder, Path.GetFullPath(entry.Output)).Replace(Path.DirectorySeparatorChar, '/');

    private void Append(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
            write(writer);
        line.WriteByte((byte)'\n');
        lock (_lock)
        {
            _file!.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Reads every whole line; gives where the last of them ends.</summary>
    private long Read(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (string line in Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            IsNew = false;
            try
            {
                Take(line);
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or AemloModelFormatException)
            {
                // Damaged, or of a newer version: what it stood for is done again.
            }
        }

        return end;
    }

    private void Take(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement line = document.RootElement;
        switch (StateLines.KindOf(line))
        {
            case StateLines.Begun:
                (string begun, string key) = StateLines.ReadBegun(line);
                _begun[begun] = key;
                _done.Remove(begun);
                break;
            case StateLines.Done:
                (string output, DoneRecord done) = StateLines.ReadDone(line);
                _done[output] = done;
                break;
            case StateLines.Model:
                (string training, string place, KeptModel? model) = StateLines.ReadModel(line);
                if (model is null)
                    _models.Remove((training, place));
                else
                    _models[(training, place)] = model;
                break;
        }
    }
}
