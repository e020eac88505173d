using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Running;

/// <summary>Reads each data set once, and lets it go when no training needs it any more.</summary>
/// <param name="groups">The trainings that will need data.</param>
internal sealed class DataCache(IEnumerable<TrainingGroup> groups)
{
    private readonly Dictionary<string, int> _users = groups.CountBy(group => group.First.Content).ToDictionary();
    private readonly Dictionary<string, Lazy<MultiLabelDataset>> _read = [];

    /// <summary>The data set of an entry.</summary>
    /// <exception cref="AemloInputException">It cannot be read.</exception>
    public MultiLabelDataset Get(BatchEntry entry, CancellationToken cancellation)
    {
        Lazy<MultiLabelDataset>? data;
        lock (_read)
        {
            if (!_read.TryGetValue(entry.Content, out data))
                _read.Add(entry.Content, data = new Lazy<MultiLabelDataset>(() => entry.Read(cancellation)));
        }

        MultiLabelDataset read = data.Value;
        // The same content under another name: its report names that file.
        return read.Source!.Path == entry.Data.Path ? read : entry.Read(cancellation);
    }

    /// <summary>Says that one training less needs the data set.</summary>
    public void Release(BatchEntry entry)
    {
        lock (_read)
        {
            if (--_users[entry.Content] == 0)
                _read.Remove(entry.Content);
        }
    }
}
