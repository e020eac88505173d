using Microsoft.Extensions.Logging;
namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Writes to a temporary file what there is room for. After the first error it takes no more.</summary>
/// <param name="file">The file, without a buffer of its own, so that closing it has nothing left to write.</param>
/// <param name="reserve">Finds room for this many bytes or throws.</param>
/// <param name="logger">The log.</param>
internal sealed class UploadStream(FileStream file, Action<long> reserve, ILogger logger) : Stream
{
    private const int BufferSize = 128 * 1024;

    private readonly BufferedStream _buffered = new(file, BufferSize);
    private long _length;
    private bool _closed;

    /// <summary>Whether an error has left the content incomplete.</summary>
    public bool IsBroken { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Puts the content on the disk and closes the file.</summary>
    public void Finish()
    {
        if (_closed)
            return;
        Guarded(() =>
        {
            _buffered.Flush();
            file.Flush(flushToDisk: true);
        });
        Close();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Before(buffer.Length);
        try
        {
            _buffered.Write(buffer);
        }
        catch (Exception error) when (IsFull(error))
        {
            throw DiskFull.Refusal();
        }

        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Before(buffer.Length);
        try
        {
            await _buffered.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFull(error))
        {
            throw DiskFull.Refusal();
        }

        _length += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => Guarded(_buffered.Flush);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        Usable();
        try
        {
            await _buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFull(error))
        {
            throw DiskFull.Refusal();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The buffer is dropped, not written: what was not finished is not wanted.
        if (disposing && !_closed)
        {
            _closed = true;
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Before(int bytes)
    {
        Usable();
        try
        {
            reserve(_length + bytes);
        }
        catch
        {
            IsBroken = true;
            throw;
        }
    }

    private void Guarded(Action write)
    {
        Usable();
        try
        {
            write();
        }
        catch (Exception error) when (IsFull(error))
        {
            throw DiskFull.Refusal();
        }
    }

    private void Usable()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (IsBroken)
            throw new InvalidOperationException("an earlier error has left this upload incomplete; begin another one");
    }

    // Runs for every error, as a filter, so that those that are not about space pass on untouched.
    private bool IsFull(Exception error)
    {
        IsBroken = true;
        if (!DiskFull.WhileWriting(error))
            return false;
        logger.DiskIsFull();
        return true;
    }
}
