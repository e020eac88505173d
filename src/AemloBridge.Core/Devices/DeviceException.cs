namespace AemloBridge.Devices;

/// <summary>libtorch, or the device that was asked for, cannot be used here. The message says why and what to do.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>Makes one from a sentence for the user.</summary>
    /// <param name="message">Why the device cannot be used, and what to do.</param>
    public DeviceException(string message) : base(message)
    {
    }

    /// <summary>Makes one from a sentence for the user and what the system said.</summary>
    /// <param name="message">Why the device cannot be used, and what to do.</param>
    /// <param name="inner">What the loader or libtorch threw.</param>
    public DeviceException(string message, Exception inner) : base(message, inner)
    {
    }
}
