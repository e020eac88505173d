namespace AemloBridge.Cli;

/// <summary>What SIGHUP does: it stops a command, unless the command has another use for it.</summary>
internal sealed class HangUp
{
    private volatile Action? _handler;

    /// <summary>Has SIGHUP do this instead of stopping the command.</summary>
    public void Use(Action handler) => _handler = handler;

    /// <summary>Does what the command wanted; false when it wants to be stopped.</summary>
    public bool Handle()
    {
        if (_handler is not { } handler)
            return false;
        handler();
        return true;
    }
}
